// Valid by the Nu checker of the W3C, every page and every stylesheet.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";
import { promisify } from "node:util";
import { dense, shipped } from "../casebook.mjs";

const JAR = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/** What the checker cannot know: it compares a file on a disk with an origin that such a file does not have. That the policy holds is tried in the browser. */
const KNOWN = [/^Resource violates Content Security Policy .* blocked by “\w+-src” directive\./];

test("every page is valid HTML", async () => {
  const folders = [await shipped(), await dense()];
  const run = promisify(execFile)("java", ["-Xss4m", "-jar", JAR, "--skip-non-html", "--format", "json", ...folders], { maxBuffer: 64e6 });
  const { stderr } = await run.catch((failure) => failure);
  const { messages } = JSON.parse(stderr);
  const told = messages.filter(({ message }) => !KNOWN.some((known) => known.test(message)));
  assert.deepEqual(told.map(({ url, lastLine, message, extract }) => `${url.replace(/.*\/site\//, "")}:${lastLine}: ${message} ${extract ?? ""}`).slice(0, 30), []);
});
