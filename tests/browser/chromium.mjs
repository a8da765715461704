// One Chromium for all trials, and pages in it that listen to themselves.
//
// Debian's: playwright-core brings none of its own. CASEBOOK_CHROMIUM names another. Nothing it does by itself may leave the machine.

import { existsSync } from "node:fs";
import { after } from "node:test";
import { chromium } from "playwright-core";

/** The port on which Lighthouse speaks to the same browser; any that is free would do, but it has to be known beforehand. */
export const DEBUGGING_PORT = Number(process.env.CASEBOOK_TRIAL_PORT ?? 20_000 + (process.pid % 20_000));

/** The address of a Chromium that is running already. */
const SHARED = process.env.CASEBOOK_TRIAL_BROWSER;

const FLAGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--disable-component-update",
  "--disable-background-networking",
  `--remote-debugging-port=${DEBUGGING_PORT}`,
];

let starting;

export function browser() {
  starting ??= SHARED ? chromium.connect(SHARED) : chromium.launch(manner());
  return starting;
}

after(async () => (await starting)?.close());

/** How Chromium is started: by `run.mjs` once for all files, or by one file that is run alone. */
export const manner = () => ({ executablePath: executable(), args: FLAGS });

export function executable() {
  const places = [process.env.CASEBOOK_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error("no Chromium here: apt-get install chromium, or name one in CASEBOOK_CHROMIUM");
  return found;
}

/**
 * A page that is empty and listens to itself: what went wrong on it is told by `complaints()`.
 * Options: `width`, `height`, `dark`, `forcedColors`, `still` (reduced motion), `script` (false: without JavaScript), `print`, `scripts` (to run before each page's own).
 */
export async function page({ width = 1440, height = 900, dark = false, forcedColors = false, still = false, script = true, print = false, scripts = [] } = {}) {
  const context = await (await browser()).newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    forcedColors: forcedColors ? "active" : "none",
    reducedMotion: still ? "reduce" : "no-preference",
    javaScriptEnabled: script,
  });
  await context.addInitScript(listen);
  for (const each of scripts) await context.addInitScript(each);
  const sheet = await context.newPage();
  if (print) await sheet.emulateMedia({ media: "print" });
  const heard = [];
  sheet.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) heard.push(`console: ${message.text()}`);
  });
  sheet.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  sheet.on("requestfailed", (request) => {
    // A page that is left while it loads abandons what it had asked for.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") heard.push(`failed: ${request.url()}: ${request.failure()?.errorText}`);
  });
  sheet.asked = [];
  sheet.on("request", (request) => sheet.asked.push(request.url()));
  /** What was heard since the last time, and what the policy forbade on the page that is open. */
  sheet.complaints = async () => {
    const forbidden = await sheet.evaluate(() => (window.forbidden ?? []).splice(0));
    return [...heard.splice(0), ...forbidden.map((what) => `policy: ${what}`)];
  };
  sheet.done = () => context.close();
  return sheet;
}

/** How many pages wait for each other's frames at a time: most of a trial is waiting. */
const SIDE_BY_SIDE = 3;

/** Looks at many pages, a few at a time, each in one of as many windows; gives back all that was found, in the order of the names. */
export async function sideBySide(names, options, look) {
  const all = [...new Set(names)];
  const found = all.map(() => []);
  let next = 0;
  const lane = async () => {
    const sheet = await page(options);
    while (next < all.length) {
      const turn = next;
      next += 1;
      found[turn] = (await look(sheet, all[turn])).map((what) => `${all[turn]}: ${what}`);
    }
    await sheet.done();
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, all.length) }, lane));
  return found.flat();
}

/** Runs in the page, before anything of its own. */
function listen() {
  window.forbidden = [];
  window.shifts = [];
  document.addEventListener("securitypolicyviolation", (event) => window.forbidden.push(`${event.violatedDirective} ${event.blockedURI}`));
  try {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        // The space behind the last word that has arrived has no place of its own yet: nobody sees it get one. A text whose last lines are
        // broken anew as the rest of it arrives is reported too, and begins where it began.
        const still = ({ node, previousRect: a, currentRect: b }) => node?.data?.trim() === "" || (Math.abs(a.x - b.x) < 0.5 && Math.abs(a.y - b.y) < 0.5);
        if (entry.sources.length && entry.sources.every(still)) continue;
        const moved = entry.sources.map(({ node, previousRect: a, currentRect: b }) => {
          const name = node?.id || node?.className || (node?.data ? `“${node.data.slice(0, 30)}” in ${node.parentNode?.localName}` : node?.nodeName);
          return `${name} ${a.x},${a.y}→${b.x},${b.y}`;
        });
        if (!entry.hadRecentInput) window.shifts.push({ value: entry.value, moved });
      }
    }).observe({ type: "layout-shift", buffered: true });
  } catch {
    // a document that is not a page
  }
}
