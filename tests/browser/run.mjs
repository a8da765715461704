// Casebook's sites in a real browser: every file of trials/, in the one Chromium that is started here.
//
//   node run.mjs              all of them
//   node run.mjs margin       one of them
//
// Two files at a time; Lighthouse comes last and alone, since it measures the machine too.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { DEBUGGING_PORT, manner } from "./chromium.mjs";

const folder = path.join(import.meta.dirname, "trials");
const wanted = process.argv.slice(2);
const all = readdirSync(folder).filter((name) => name.endsWith(".mjs")).sort();
const chosen = all.filter((name) => !wanted.length || wanted.includes(path.parse(name).name));
const alone = chosen.filter((name) => name === "lighthouse.mjs");
const together = chosen.filter((name) => !alone.includes(name));

const server = await chromium.launchServer(manner());
const env = { ...process.env, CASEBOOK_TRIAL_BROWSER: server.wsEndpoint(), CASEBOOK_TRIAL_PORT: String(DEBUGGING_PORT) };
let code = 0;
for (const files of [together, alone].filter((files) => files.length)) {
  const options = ["--test", "--test-reporter=spec", "--test-concurrency=2", ...files.map((name) => path.join(folder, name))];
  const run = spawn(process.execPath, options, { stdio: "inherit", env });
  code = Math.max(code, await new Promise((done) => run.on("exit", (status) => done(status ?? 1))));
}
await server.close();
process.exit(code);
