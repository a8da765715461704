// On paper notes follow the text, in order, with the addresses that nobody can click; no word is lost at an edge.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { dense, representatives, shipped, temporary } from "../casebook.mjs";
import { page } from "../chromium.mjs";
import { serve } from "../server.mjs";

const SITES = {
  "the shipped dossier": async () => [await shipped(), await representatives(await shipped())],
  "the dense dossier": async () => [await dense(), ["sources/2024-dense.html", ...(await representatives(await dense(), await shipped()))]],
};

for (const [title, choose] of Object.entries(SITES)) {
  test(`${title} on paper: every word, notes behind the text`, async () => {
    const [site, names] = await choose();
    const root = await serve(site);
    const found = [];
    for (const name of new Set(names)) {
      const sheet = await page();
      await sheet.goto(root + name);
      await sheet.emulateMedia({ media: "print" });
      const { words, notes, addresses, over } = await sheet.evaluate(expected);
      await sheet.emulateMedia({ media: null });
      const text = printed(await sheet.pdf({ preferCSSPageSize: true }));
      await sheet.done();
      const missing = lacking(text, words);
      if (missing.length) found.push(`${name}: not on paper: ${missing.slice(0, 12).join(" ")}`);
      if (over.length) found.push(`${name}: over the edge: ${over}`);
      const tight = text.replace(/\s+/g, "");
      for (const address of addresses) if (!tight.includes(address.replace(/\s+/g, ""))) found.push(`${name}: the address ${address} is not told`);
      let place = 0;
      for (const note of notes) {
        // Titles are named elsewhere too: what is asked for is one place after the other.
        place = tight.indexOf(note.replace(/\s+/g, ""), place) + 1;
        if (!place) {
          found.push(`${name}: the note “${note}” is not on paper, or not in its order`);
          break;
        }
      }
    }
    assert.deepEqual(found, []);
  });
}

/** In the page, as it goes to paper. */
function expected() {
  const main = document.querySelector("main");
  const shown = (element) => element.checkVisibility() && !element.closest(".vh, .script");
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const words = [];
  while (texts.nextNode()) if (shown(texts.currentNode.parentElement)) words.push(...texts.currentNode.data.split(/\s+/));
  const wide = document.documentElement.clientWidth;
  const over = [...main.querySelectorAll("*")].filter((element) => shown(element) && element.getBoundingClientRect().right > wide + 1).map((element) => `${element.localName}.${element.className}`);
  return {
    words: words.filter((word) => /\p{L}{3}/u.test(word)),
    notes: [...main.querySelectorAll(".annotated .note-title")].map((title) => title.textContent),
    addresses: [...main.querySelectorAll(".source-page .note a[href^='http'], .source-page .facts a[href^='http'], .prose a[href^='http']")].map((link) => link.href),
    over: [...new Set(over)].slice(0, 5),
  };
}

function printed(pdf) {
  const file = path.join(temporary(), "page.pdf");
  writeFileSync(file, pdf);
  return execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8", maxBuffer: 64e6 });
}

/** Words that a text lacks. What is broken over two lines or pages is found with the breaks taken out. */
function lacking(text, words) {
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const whole = plain(text);
  return [...new Set(words)].filter((word) => !whole.includes(plain(word)));
}
