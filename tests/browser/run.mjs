// Casebook's sites in a real browser: every file of trials/, in a Chromium that knows one set of faces; then what faces can change in another.
//
//   node run.mjs              all of them
//   node run.mjs margin       one of them
//
// Two files at a time; Lighthouse comes last and alone, since it measures the machine too.

import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { DEBUGGING_PORT, manner } from "./chromium.mjs";
import { environment, SETS } from "./fonts.mjs";

const folder = path.join(import.meta.dirname, "trials");
const wanted = process.argv.slice(2);
const all = readdirSync(folder).filter((name) => name.endsWith(".mjs")).sort();
const chosen = all.filter((name) => !wanted.length || wanted.includes(path.parse(name).name));

/** What depends on the letters' width and height: the size of targets, what is cut off, where notes stand. */
const OF_FACES = ["eyes.mjs", "margin.mjs"];
const [FIRST, ...OTHERS] = process.env.CASEBOOK_SLOW ? ["Noto", "DejaVu", "Liberation"] : ["Noto", "DejaVu"];
const again = chosen.filter((name) => OF_FACES.includes(name));

const settings = mkdtempSync(path.join(os.tmpdir(), "casebook-faces-"));
let code = await round(FIRST, chosen);
for (const set of OTHERS.filter(() => again.length)) code = Math.max(code, await round(set, again));
rmSync(settings, { recursive: true, force: true });
process.exit(code);

/** Runs files in a browser that knows the faces of one set, or the machine's own where that set is not here; the exit code. */
async function round(set, names) {
  const faces = environment(set, settings);
  if (!faces && set !== FIRST) {
    console.log(`skipped: ${names.join(", ")} in ${set}, which is not installed here (on Debian: apt-get install ${SETS[set].debian})`);
    return 0;
  }
  console.log(faces ? `\nin the faces of ${set}: ${names.length} files` : `\nin the machine's own faces, since ${set} is not installed here (on Debian: apt-get install ${SETS[set].debian})`);
  const server = await chromium.launchServer({ ...manner(), env: { ...process.env, ...faces } });
  const env = { ...process.env, CASEBOOK_TRIAL_BROWSER: server.wsEndpoint(), CASEBOOK_TRIAL_PORT: String(DEBUGGING_PORT) };
  const alone = names.filter((name) => name === "lighthouse.mjs");
  const together = names.filter((name) => !alone.includes(name));
  let code = 0;
  for (const files of [together, alone].filter((files) => files.length)) {
    const options = ["--test", "--test-reporter=spec", "--test-concurrency=2", ...files.map((name) => path.join(folder, name))];
    const run = spawn(process.execPath, options, { stdio: "inherit", env });
    code = Math.max(code, await new Promise((done) => run.on("exit", (status) => done(status ?? 1))));
  }
  await server.close();
  return code;
}
