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

test("a preview tells where a link leads, for the mouse and for the keyboard, from a disk and without .html", async () => {
  for (const way of ["from the disk", "without .html"]) {
    const root = await WAYS[way](await shipped());
    const sheet = await page();
    await sheet.goto(`${root}claims.html`);
    const link = sheet.locator(".matrix td a").first();
    await link.hover();
    const card = sheet.locator(".preview");
    await card.waitFor({ timeout: 5000 });
    assert.match(await card.textContent(), /\p{L}{3}/u);
    assert.equal(await link.getAttribute("aria-describedby"), "s-preview");
    await card.hover();
    await sheet.waitForTimeout(400);
    assert.ok(await card.isVisible(), "it stays while it is pointed at");
    await sheet.keyboard.press("Escape");
    assert.equal(await card.count(), 0);
    const other = sheet.locator(".matrix td a").nth(1);
    await sheet.keyboard.press("Tab");
    await other.focus();
    await card.waitFor({ timeout: 5000 });
    await sheet.evaluate(() => document.activeElement.blur());
    assert.deepEqual(await sheet.complaints(), []);
    assert.deepEqual(sheet.asked.filter((url) => !url.startsWith(root)), []);
    await sheet.done();
  }
});

test("what a link on the same page means is lit where it stands", async () => {
  const sheet = await open(shipped, "sources/2026-01-us-vietnam-relations.html");
  await sheet.locator(".ref").first().hover();
  await sheet.locator(".note.lit").waitFor({ timeout: 5000 });
  await sheet.locator(".note .back").first().hover();
  await sheet.locator("mark.lit").first().waitFor({ timeout: 5000 });
  await sheet.done();
});
