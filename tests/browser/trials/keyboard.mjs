// Without a mouse: everything that can be clicked is reached, in the order of the page, is seen when it is, and lets go again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kinds, shipped } from "../casebook.mjs";
import { page, sideBySide } from "../chromium.mjs";
import { serve } from "../server.mjs";

for (const width of [360, 1440]) {
  test(`a walk with the tabulator at ${width} px`, async () => {
    const site = await shipped();
    const root = await serve(site);
    const found = await sideBySide(await kinds(site), { width, still: true }, async (sheet, name) => {
      await sheet.goto(root + name);
      return walk(sheet);
    });
    assert.deepEqual(found, []);
  });
}

async function walk(sheet) {
  const found = [];
  const expected = await sheet.evaluate(() => {
    const each = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0);
    each.forEach((element, i) => (element.dataset.place = i));
    return each.length;
  });
  // Boxes that scroll are stops of their own, in Chromium, and have no mark of ours.
  let last = -1;
  for (let step = 0; step < expected * 2 + 20; step += 1) {
    await sheet.keyboard.press("Tab");
    const here = await sheet.evaluate(seen);
    if (!here) break;
    found.push(...here.complaints);
    if (here.place === undefined) continue;
    if (here.place !== last + 1) found.push(`from ${last} to ${here.place}: ${here.what}`);
    last = here.place;
    if (last === expected - 1) break;
  }
  if (last !== expected - 1) found.push(`the walk ended at ${last} of ${expected}`);
  return found.slice(0, 5);
}

/** In the page: where the focus is, and whether a reader can tell. */
function seen() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const what = element.outerHTML.slice(0, 100);
  const complaints = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1) complaints.push(`no ring around ${what}`);
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) complaints.push(`out of sight: ${what}`);
  return { place: element.dataset.place === undefined ? undefined : Number(element.dataset.place), what, complaints };
}

test("the first stop leads past the masthead", async () => {
  const sheet = await page();
  await sheet.goto(`${await serve(await shipped())}index.html`);
  await sheet.keyboard.press("Tab");
  await sheet.keyboard.press("Enter");
  await sheet.keyboard.press("Tab");
  assert.ok(await sheet.evaluate(() => document.activeElement.closest("main")), "the next stop is in the text");
  await sheet.done();
});
