// Notes stand beside their passages: never over each other nor over the text, as near as there is room, at every width; and nothing
// moves once it is drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dense, pages, representatives, shipped } from "../casebook.mjs";
import { page, sideBySide } from "../chromium.mjs";
import { serve } from "../server.mjs";

const WIDTHS = [320, 360, 480, 640, 800, 1000, 1099, 1100, 1101, 1200, 1280, 1360, 1399, 1400, 1440, 1600, 1920, 2560];

for (const script of [true, false]) {
  test(`no two notes overlap at any width, ${script ? "with" : "without"} script`, async () => {
    const root = await serve(await dense());
    const sheet = await page({ script });
    await sheet.goto(`${root}sources/2024-dense.html`);
    assert.ok((await sheet.locator(".annotated .note").count()) >= 60, "the dense page has sixty notes");
    const found = [];
    for (const width of WIDTHS) {
      await sheet.setViewportSize({ width, height: 900 });
      await settled(sheet);
      found.push(...(await sheet.evaluate(overlaps)).map((pair) => `${width}: ${pair}`));
    }
    await sheet.done();
    assert.deepEqual(found, []);
  });
}

test("notes of the shipped dossier neither overlap nor stand out of sight of their passages", async () => {
  const site = await shipped();
  const root = await serve(site);
  const sources = (await pages(site)).filter((name) => name.startsWith("sources/"));
  for (const script of [true, false]) {
    const found = await sideBySide(sources, { script }, async (sheet, name) => {
      const here = [];
      for (const width of [1100, 1440]) {
        await sheet.setViewportSize({ width, height: 900 });
        await sheet.goto(root + name);
        await settled(sheet);
        here.push(...(await sheet.evaluate(overlaps)).map((pair) => `at ${width}: ${pair}`));
        // Without script the stylesheet alone pushes them down, as far as it takes.
        const far = script ? Math.max(...(await sheet.evaluate(distances))) : 0;
        if (far > 300) here.push(`at ${width}: a note stands ${far} px from its passage`);
      }
      return here;
    });
    assert.deepEqual(found, [], script ? "with script" : "without script");
  }
});

test("a folded comment opens where it is, for the mouse, for the keyboard and by its link", async () => {
  const sheet = await page();
  await sheet.goto(`${await serve(await dense())}sources/2024-dense.html`);
  await settled(sheet);
  const folded = sheet.locator(".folded").first();
  assert.ok(await folded.count(), "the dense page folds some");
  const height = async () => (await folded.boundingBox()).height;
  const closed = await height();
  await folded.hover();
  assert.ok((await height()) > closed + 15, "it opens under the mouse");
  await sheet.mouse.move(5, 5);
  assert.equal(await height(), closed);
  await folded.locator("a").last().focus();
  assert.ok((await height()) > closed + 15, "it opens for the keyboard");
  await sheet.evaluate(() => document.activeElement.blur());
  assert.equal(await height(), closed);
  await sheet.goto(`${sheet.url()}#${await folded.getAttribute("id")}`);
  assert.ok((await height()) > closed + 15, "it opens by its link");
  await sheet.done();
});

/** In the page: how far notes stand from their numbers. */
function distances() {
  return [...document.querySelectorAll(".annotated .note")].map((note) => {
    const number = document.querySelector(`.ref[href="#${CSS.escape(note.id)}"]`);
    return number ? Math.round(Math.abs(note.getBoundingClientRect().top - number.getBoundingClientRect().top)) : 0;
  });
}

/** In the page: boxes of notes that lie over one another, or over the text. */
function overlaps() {
  document.querySelectorAll("details.notes").forEach((details) => (details.open = true));
  const box = (element) => ({ element, ...element.getBoundingClientRect().toJSON() });
  const notes = [...document.querySelectorAll(".annotated .note")].map(box).filter((note) => note.width);
  const text = [...document.querySelectorAll(".para > :not(.notes)")].map(box);
  const touch = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const found = [];
  notes.forEach((note, i) => {
    for (const other of notes.slice(i + 1)) if (touch(note, other)) found.push(`${note.element.id} lies over ${other.element.id}`);
    for (const other of text) if (touch(note, other)) found.push(`${note.element.id} lies over the text`);
  });
  return found;
}

/** A few frames later, what watches sizes has done its work. A page without script counts no frames. */
const settled = (sheet) => sheet.waitForTimeout(120);

const SITES = [
  async () => [await shipped(), await representatives(await shipped())],
  async () => [await dense(), ["sources/2024-dense.html", ...(await representatives(await dense(), await shipped()))]],
];

/** What has moved on a page, and from where to where. */
const shifts = async (sheet) => (await sheet.evaluate(() => window.shifts)).map((shift) => `${shift.value} ${shift.moved}`);

test("nothing moves once it is drawn", async () => {
  const found = [];
  for (const choose of SITES) {
    const [site, names] = await choose();
    const root = await serve(site);
    for (const width of [360, 800, 1440]) {
      const here = await sideBySide(names, { width }, async (sheet, name) => {
        await sheet.goto(root + name);
        await settled(sheet);
        await sheet.evaluate(async () => {
          for (let y = 0; y < document.documentElement.scrollHeight; y += 1500) {
            window.scrollTo({ top: y, behavior: "instant" });
            await new Promise((drawn) => requestAnimationFrame(drawn));
          }
        });
        await settled(sheet);
        return shifts(sheet);
      });
      found.push(...here.map((shift) => `at ${width}: ${shift}`));
    }
  }
  assert.deepEqual(found, []);
});

test("nothing moves while the rest of a page is still on its way", async () => {
  const found = [];
  for (const choose of SITES) {
    const [site, names] = await choose();
    const root = await serve(site, { slowly: true });
    for (const width of [360, 1440]) {
      const here = await sideBySide(names, { width }, async (sheet, name) => {
        await sheet.goto(root + name);
        await settled(sheet);
        return shifts(sheet);
      });
      found.push(...here.map((shift) => `at ${width}: ${shift}`));
    }
  }
  assert.deepEqual(found, []);
});
