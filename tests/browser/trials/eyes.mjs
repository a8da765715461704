// For every reader: axe finds nothing on any kind of page, in light and in dark, at three widths; letters twice as large, forced colours
// and a wish for stillness are honoured.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { dense, representatives, shipped } from "../casebook.mjs";
import { page, sideBySide } from "../chromium.mjs";
import { serve } from "../server.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [360, 800, 1440];

const COLOURS = ["color-contrast", "link-in-text-block"];
const EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The pages to look at: all kinds of the shipped dossier, and what the dense one has beyond them. */
const SITES = {
  "the shipped dossier": async () => [await shipped(), await representatives(await shipped())],
  "the dense dossier": async () => [await dense(), ["sources/2024-dense.html", ...(await representatives(await dense(), await shipped()))]],
};

for (const [title, choose] of Object.entries(SITES)) {
  // What is too full is tried in light, and where it is narrowest and widest; its colours and kinds of pages are those of the other.
  for (const dark of title === "the dense dossier" && !process.env.CASEBOOK_SLOW ? [false] : [false, true]) {
    test(`axe finds nothing in ${title}, ${dark ? "dark" : "light"}`, async () => {
      const [site, names] = await choose();
      const root = await serve(site);
      const found = await sideBySide(names, { dark, scripts: [AXE] }, async (sheet, name) => {
        const here = [];
        await sheet.goto(root + name);
        for (const width of title === "the dense dossier" && !process.env.CASEBOOK_SLOW ? [360, 1440] : WIDTHS) {
          await sheet.setViewportSize({ width, height: 900 });
          here.push(...(await violations(sheet, dark ? COLOURS : EVERYTHING)).map((violation) => `at ${width}: ${violation}`));
        }
        return here;
      });
      assert.deepEqual(found, []);
    });
  }

  test(`axe finds nothing in ${title} with forced colours, and nothing is told by colour alone`, async () => {
    const [site, names] = await choose();
    const root = await serve(site);
    const found = await sideBySide(names, { forcedColors: true, scripts: [AXE] }, async (sheet, name) => {
      await sheet.goto(root + name);
      const here = await violations(sheet, COLOURS);
      const bare = await sheet.evaluate(() => [...document.querySelectorAll("mark")].filter((mark) => !getComputedStyle(mark).textDecorationLine.includes("underline")).length);
      if (bare) here.push(`${bare} marks without a line`);
      return here;
    });
    assert.deepEqual(found, []);
  });

  test(`${title}: letters twice as large, and 320 px: nothing is cut off or runs out at the side`, async () => {
    const [site, names] = await choose();
    const root = await serve(site);
    const found = [];
    const large = await page({ width: 1280 });
    await (await large.context().newCDPSession(large)).send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    const small = await page({ width: 320 });
    for (const name of new Set(names)) {
      await large.goto(root + name);
      assert.equal(await large.evaluate(() => getComputedStyle(document.documentElement).fontSize), "32px");
      found.push(...(await large.evaluate(cutOff)).map((what) => `${name} at 200 %: ${what}`));
      await small.goto(root + name);
      await small.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      found.push(...(await small.evaluate(cutOff)).map((what) => `${name} at 320 px: ${what}`));
    }
    await large.done();
    await small.done();
    assert.deepEqual(found, []);
  });
}

test("who wants stillness gets it", async () => {
  const root = await serve(await shipped());
  const found = await sideBySide(await representatives(await shipped()), { still: true }, async (sheet, name) => {
    await sheet.goto(root + name);
    const moving = await sheet.evaluate(() => {
      const each = [document.documentElement, ...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return style.scrollBehavior !== "auto" || /[1-9]/.test(style.transitionDuration) || style.animationName !== "none";
      });
      return each.map((element) => `${element.localName}.${element.className}`);
    });
    return moving.map((what) => `${what} moves`);
  });
  assert.deepEqual(found, []);
});

async function violations(sheet, rules) {
  const results = await sheet.evaluate((runOnly) => window.axe.run(document, { preload: false, resultTypes: ["violations"], runOnly }), rules);
  return results.violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary.replace(/\s+/g, " ").slice(0, 240)})`));
}

/** In the page: what hangs out of the window, or out of a box that hides it. */
function cutOff() {
  const found = [];
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (!box.width || element.closest(".vh, [hidden], svg") || style.clipPath !== "none") continue;
    const scrolls = element.parentElement.closest(".table, pre, .matrix-frame, [tabindex='0']");
    if (!scrolls && style.position !== "fixed" && box.right > wide + 1) found.push(`${element.localName}.${element.className} ends at ${Math.round(box.right)}`);
    if (["hidden", "clip"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1) found.push(`${element.localName}.${element.className} hides words`);
  }
  return [...new Set(found)].slice(0, 5);
}
