// Without script everything is there to be read; script adds ways of looking only.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dense, representatives, shipped } from "../casebook.mjs";
import { sideBySide } from "../chromium.mjs";
import { WAYS } from "../server.mjs";

for (const [title, site] of Object.entries({ "the shipped dossier": shipped, "the dense dossier": dense })) {
  test(`${title}: without script every word can be read, and nothing is shown that would not work`, async () => {
    const root = await WAYS["from the disk"](await site());
    const found = [];
    for (const width of [360, 1440]) {
      const here = await sideBySide(await representatives(await site()), { script: false, width }, async (sheet, name) => {
        await sheet.goto(root + name);
        // As a reader does: by a click.
        for (const summary of await sheet.locator("summary:visible").all()) await summary.click();
        return sheet.evaluate(unread);
      });
      found.push(...here.map((words) => `at ${width}: ${words}`));
    }
    assert.deepEqual(found, []);
  });
}

/** In the page: words that are not drawn, and controls that need a script. */
function unread() {
  const found = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: parent, data } = texts.currentNode;
    // What only scripts use, what is for ears alone, and what paper alone has.
    if (!data.trim() || parent.closest("summary, .vh, .script, .endnotes, [aria-hidden='true'], .matrix thead")) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) found.push(`not to be seen: ${data.trim().slice(0, 80)}`);
  }
  for (const control of document.querySelectorAll("button, input, select, dialog[open]")) {
    if (control.checkVisibility()) found.push(`does nothing without script: ${control.outerHTML.slice(0, 80)}`);
  }
  return found.slice(0, 5);
}
