// What scripts add to a page: a filter, keys, previews. From a disk as well as from a server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dense, shipped } from "../casebook.mjs";
import { page } from "../chromium.mjs";
import { WAYS } from "../server.mjs";

const DENSE = "sources/2024-dense.html";

async function open(site, name, options) {
  const root = await WAYS["from the disk"](await site());
  const sheet = await page(options);
  await sheet.goto(root + name);
  return sheet;
}

test("the filter shows notes of some kinds, on a topic, and says how many", async () => {
  const sheet = await open(dense, DENSE);
  const shown = () => sheet.locator(".annotated .note:visible").count();
  const all = await shown();
  await sheet.locator(".filter button[data-kind=doubt]").click();
  const doubts = await shown();
  assert.ok(doubts > 0 && doubts < all);
  assert.equal(await sheet.locator(".annotated .note.doubt:visible").count(), doubts, "only doubts are left");
  assert.equal(await sheet.locator(".ref:visible:not(.quoted)").count(), doubts, "and their numbers in the text");
  assert.match(await sheet.locator(".filter output").textContent(), new RegExp(`^${doubts} of ${all}`));
  await sheet.locator(".filter select").selectOption({ label: "The pier" });
  assert.ok((await shown()) < doubts);
  await sheet.locator(".filter button[data-kind=doubt]").click();
  await sheet.locator(".filter select").selectOption({ index: 0 });
  assert.equal(await shown(), all, "and all come back");
  assert.deepEqual(await sheet.complaints(), []);
  await sheet.done();
});

test("where it is narrow the filter empties the lists under the paragraphs too", async () => {
  const sheet = await open(dense, DENSE, { width: 400 });
  const before = await sheet.locator("summary:visible").count();
  await sheet.locator(".filter button[data-kind=doubt]").click();
  assert.ok((await sheet.locator("summary:visible").count()) < before);
  await sheet.done();
});

test("j and k go from note to note, ? tells the keys, and they can be turned off", async () => {
  for (const width of [400, 1440]) {
    const sheet = await open(dense, DENSE, { width });
    const focused = () => sheet.evaluate(() => document.activeElement.id);
    await sheet.keyboard.press("j");
    const first = await focused();
    await sheet.keyboard.press("j");
    const second = await focused();
    assert.match(first, /^n-/);
    assert.notEqual(first, second);
    assert.ok(await sheet.locator(`[id="${second}"]`).isVisible());
    await sheet.keyboard.press("k");
    assert.equal(await focused(), first);
    await sheet.keyboard.press("?");
    assert.ok(await sheet.locator("dialog").isVisible());
    await sheet.locator("dialog input").uncheck();
    await sheet.keyboard.press("Escape");
    await sheet.keyboard.press("j");
    assert.equal(await focused(), first, "they are off");
    assert.deepEqual(await sheet.complaints(), []);
    await sheet.done();
  }
});

test("on a topic the keys go from passage to passage", async () => {
  const sheet = await open(shipped, "topics/trade.html");
  await sheet.keyboard.press("j");
  assert.match(await sheet.evaluate(() => document.activeElement.className), /passage/);
  await sheet.done();
});
