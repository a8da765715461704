// What a browser shows is what stands. Words taken at random from what Chromium lays out where a person can see it are accepted as quotations;
// the same words with a digit changed, with a word that is shown nowhere, or without a negation are refused.
//
// `innerText` is no truth here: it gives words that are clear, clipped or off the page. CASEBOOK_SEEN_SEED draws other pages, and
// CASEBOOK_SEEN_KIND tries one kind of `structure.mjs` alone.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build, PROGRAM, temporary } from "../casebook.mjs";
import { page } from "../chromium.mjs";
import { ALL_KINDS, chance, NEGATIONS, pageOf } from "../structure.mjs";

const SEED = Number(process.env.CASEBOOK_SEEN_SEED ?? 11);
const [PAGES, BLOCKS] = process.env.CASEBOOK_SLOW ? [120, 48] : [12, 48];

/** Kinds of which the program is wrong today. The list only shrinks: one that holds has to leave it. */
const OWED = [];

const ONE = process.env.CASEBOOK_SEEN_KIND;
const left = ONE ? ALL_KINDS.filter((kind) => kind !== ONE) : [];

test("what a browser shows is what stands, and nothing else does", async () => {
  const random = chance(SEED);
  const dossier = temporary();
  for (const folder of ["seeds", "annotations"]) mkdirSync(path.join(dossier, folder));
  writeFileSync(path.join(dossier, "casebook.toml"), "format = 1\n");
  const sheet = await page({ width: 1200 });
  const notes = [];
  for (let at = 0; at < PAGES; at += 1) {
    const { html, blocks } = pageOf(SEED * 1000 + at, BLOCKS, left);
    const name = `p${String(at).padStart(3, "0")}`;
    const file = path.join(dossier, "seeds", `${name}.html`);
    writeFileSync(file, html);
    await sheet.goto(pathToFileURL(file).href);
    const [seen, marks] = [await sheet.evaluate(lookAtEach), await marksOf(sheet)];
    const of = seen.flatMap((tokens, block) => quotations(tokens, marks, random).map((note) => ({ ...note, ...blocks[block], name })));
    writeFileSync(path.join(dossier, "annotations", `${name}.md`), written(name, of));
    notes.push(...of);
  }
  await sheet.done();
  await judge(dossier, notes);
  const wrong = notes.filter((note) => !note.right);
  tell(notes, wrong);
  const paid = ONE ? [] : OWED.filter((kind) => ALL_KINDS.includes(kind) && !wrong.some((note) => note.kind === kind));
  assert.deepEqual(paid, [], "these kinds hold now: take them off OWED");
  const fresh = wrong.filter((note) => ONE || !OWED.includes(note.kind));
  assert.deepEqual(fresh.slice(0, 25).map(({ name, kind, owes, why, words, found, html, css }) => ({ name, kind, owes: `${owes}: ${why}`, words, found, html, css })), []);
});

test("a page shows the numbers that its source has", async () => {
  const lists = ALL_KINDS.filter((kind) => kind.startsWith("list"));
  const dossier = temporary();
  mkdirSync(path.join(dossier, "seeds"));
  writeFileSync(path.join(dossier, "casebook.toml"), "format = 1\n");
  const { html } = pageOf(SEED, PAGES * 4, ALL_KINDS.filter((kind) => !lists.includes(kind)));
  const file = path.join(dossier, "seeds", "lists.html");
  writeFileSync(file, html);
  const sheet = await page({ width: 1200 });
  const [owed, shown] = [new Map(), new Map()];
  await sheet.goto(pathToFileURL(file).href);
  for (const { mark, words } of await itemsOf(sheet)) owed.set(lastWord(words), { number: plain(mark), words });
  await sheet.goto(pathToFileURL(path.join(await build(dossier), "sources", "lists.html")).href);
  for (const { mark, words } of await itemsOf(sheet)) {
    // Our own page may write a number as a word of the item.
    const own = owed.get(lastWord(words))?.words ?? words;
    shown.set(lastWord(words), plain(mark) || plain(words.slice(0, words.length - own.length)));
  }
  await sheet.done();
  const numbered = [...owed].filter(([, { number }]) => number);
  console.log(`${numbered.length} items have a number in the source`);
  const wrong = numbered.filter(([word, { number }]) => shown.get(word) !== number);
  if (OWED.includes("numbers on pages")) return assert.notEqual(wrong.length, 0, "take `numbers on pages` off OWED");
  assert.deepEqual(wrong.map(([word, { number, words }]) => `${words}: ${number}, shown is ${shown.get(word)}`), []);
});

/** Words of an item that no other has: its last one. */
const lastWord = (words) => words.match(/(\S+?)\.?$/)?.[1];

/** The number in a mark: `(iv) ` is iv, `01.` is 1. */
const plain = (mark) => mark.replace(/[^\p{L}\p{N}]/gu, "").replace(/^0+(?=\d)/, "");

// What is seen.

/** In the page: for each block, what stands in it, word by word, as a walk through its text meets it; whether it is seen, and how. */
async function lookAtEach() {
  const all = [];
  // Anyone can open what is shut, and what cannot be clicked is seen all the same.
  document.querySelectorAll("details").forEach((details) => (details.open = true));
  document.querySelectorAll("[inert]").forEach((element) => element.removeAttribute("inert"));
  for (const block of document.querySelectorAll("[data-b]")) {
    block.scrollIntoView({ block: "center", behavior: "instant" });
    const tokens = [];
    walk(block, { item: null });
    const begun = new Set();
    all.push(tokens.map(({ rect, node, ...token }, at) => {
      const first = token.seen && token.item !== null && !begun.has(token.item);
      if (first) begun.add(token.item);
      return { ...token, first, gap: gap(tokens.slice(0, at).findLast((before) => before.seen), tokens[at]) };
    }));

    function walk(node, around) {
      if (node.nodeType === Node.TEXT_NODE) return words(node, around);
      if (node.nodeType !== Node.ELEMENT_NODE && !(node instanceof DocumentFragment)) return;
      if (node.dataset?.li) around = { ...around, item: node.dataset.li };
      if (node.dataset?.is === "ref") return tokens.push({ kind: "ref", text: node.dataset.typed, digits: node.textContent.replace(/\D/g, ""), seen: false, item: around.item });
      if (node.dataset?.typed) return single(node, around);
      // What is said of a picture stands nowhere on the page.
      if (node.localName === "img") return node.alt && tokens.push({ kind: "plain", text: node.alt, seen: false, item: around.item });
      const slotted = node.localName === "slot" && node.assignedNodes().length ? node.assignedNodes() : (node.shadowRoot ?? (node.localName === "template" ? node.content : node)).childNodes;
      for (const child of slotted) walk(child, around);
      // What no slot takes stands in the file and is shown nowhere.
      if (node.shadowRoot) for (const child of node.childNodes) if (!child.assignedSlot && child.nodeType !== Node.COMMENT_NODE) walk(child, { ...around, nowhere: true });
    }

    /** An element that a person types otherwise than its letters follow each other. */
    function single(element, around) {
      const rect = element.getBoundingClientRect();
      tokens.push({ kind: "typed", text: element.dataset.typed, seen: element.checkVisibility() && rect.width > 1, item: around.item, rect, node: element });
    }

    function words(node, around) {
      for (const { 0: text, index } of node.data.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + text.length);
        const rect = range.getClientRects()[0];
        const parent = node.parentElement ?? node.getRootNode().host;
        const seen = !around.nowhere && Boolean(rect) && isSeen(parent, rect);
        tokens.push({ kind: kind(parent, text), text, seen, item: around.item, rect, node });
      }
    }

    function isSeen(element, rect) {
      if (getComputedStyle(element).visibility !== "visible") return false;
      // What has no box of its own (a slot, `display: contents`) is as visible as the box that its words stand in.
      while (getComputedStyle(element).display === "contents") element = element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
      if (rect.width < 1 || rect.height < 2 || rect.right < 0 || rect.left > innerWidth || rect.bottom + scrollY < 0) return false;
      const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
      let hit = document.elementFromPoint(x, y);
      while (hit?.shadowRoot?.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit) hit = hit.shadowRoot.elementFromPoint(x, y);
      return hit === element || Boolean(hit && element.contains(hit));
    }

    function kind(element, text) {
      if (element.closest("rt")) return "reading";
      for (let up = element; up && up !== block; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (style.textDecorationLine.includes("line-through")) return "struck";
        const isMoved = style.position === "relative" && parseFloat(style.top) < -2;
        if ((style.verticalAlign === "super" || isMoved) && /^\d+$/.test(text)) return "raised";
        if (style.verticalAlign === "sub" && /^\d+$/.test(text)) return "lowered";
      }
      return "plain";
    }

    /** What a reader sees between this word and the last one before it that is seen. */
    function gap(before, token) {
      if (!before?.rect || !token.rect) return " ";
      if (before.node === token.node) return " ";
      const overlap = Math.min(before.rect.bottom, token.rect.bottom) - Math.max(before.rect.top, token.rect.top);
      return overlap > 0 && Math.abs(token.rect.left - before.rect.right) < 1 ? "" : " ";
    }
  }
  return all;
}

/** By an item's `data-li` the number or mark that Chromium lays out at its head. */
async function marksOf(sheet) {
  return Object.fromEntries((await itemsOf(sheet)).map(({ key, mark }) => [key, mark]));
}

/** Every item as Chromium lays it out: the mark at its head, whether its list, its style or a counter makes it, and its own words. */
async function itemsOf(sheet) {
  const speaker = await sheet.context().newCDPSession(sheet);
  const { documents, strings } = await speaker.send("DOMSnapshot.captureSnapshot", { computedStyles: [] });
  await speaker.detach();
  const { nodes, layout } = documents[0];
  const pseudo = new Set(nodes.pseudoType.index);
  const key = (node) => {
    const pairs = nodes.attributes[node] ?? [];
    const at = pairs.findIndex((name, at) => at % 2 === 0 && strings[name] === "data-li");
    return at < 0 ? undefined : strings[pairs[at + 1]];
  };
  const itemOf = (node) => {
    while (node >= 0 && strings[nodes.nodeName[node]] !== "LI") node = nodes.parentIndex[node];
    return node;
  };
  const items = new Map();
  layout.nodeIndex.forEach((node, at) => {
    const text = layout.text[at] < 0 ? "" : strings[layout.text[at]];
    const item = itemOf(node);
    if (!text || item < 0) return;
    if (!items.has(item)) items.set(item, { key: key(item), mark: "", words: "" });
    const here = items.get(item);
    if (pseudo.has(node) && !here.words.trim()) here.mark += text;
    else here.words += text;
  });
  return [...items.values()].map((item) => ({ ...item, words: item.words.trim() }));
}

// What is quoted.

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";
const turned = (digits, into) => digits.replace(/\d/g, (digit) => into[digit]);

/** Quotations of a block: some that stand, and what is made of them that does not. */
function quotations(tokens, marks, random) {
  const read = tokens.filter((token) => token.seen && !["struck", "reading"].includes(token.kind));
  if (read.length < 4) return [];
  const notes = [];
  const owe = (owes, why, lines) => notes.push({ owes, why, words: lines });
  for (let turn = 0; turn < 3; turn += 1) {
    const [from, to] = stretch(tokens, read, random);
    if (!from) continue;
    const part = tokens.slice(tokens.indexOf(from), tokens.indexOf(to) + 1);
    const style = { raised: random.odds(0.5), refs: random.odds(0.3), readings: random.odds(0.3), marks: random.odds(0.5) };
    owe("stands", "it is seen", typed(part, style, marks));
    for (const [why, other] of spoilt(part, random)) owe("fails", why, typed(other, { ...style, refs: false, readings: false }, marks));
    const number = wrongNumber(part, marks);
    if (number) owe("fails", "another number", typed(part, { ...style, marks: true }, number));
  }
  return notes;
}

/** A stretch of what is seen that begins and ends at the border of a word. */
function stretch(tokens, read, random) {
  // A number is whole: none is parted from its `%`, nor from digits behind it that may be of its group.
  const isWhole = (token, next) => !/\d$/.test(token.text) || !/^[\d%]/.test(next.text);
  const begins = (token, at) => token.gap === " " && /[\p{L}\p{N}]/u.test(token.text) && (!at || isWhole(read[at - 1], token));
  const starts = read.slice(0, -3).filter(begins);
  if (!starts.length) return [];
  const from = random.one(starts);
  const rest = read.slice(read.indexOf(from) + 3, read.indexOf(from) + 16);
  const border = (token) => {
    const next = read[read.indexOf(token) + 1];
    return !next || (next.gap === " " && isWhole(token, next));
  };
  const ends = rest.filter(border);
  return ends.length ? [from, random.one(ends)] : [];
}

/** The lines that a person types for what is seen. */
function typed(part, style, marks) {
  const lines = [""];
  let apart = false;
  for (const token of part) {
    // What is left out between two words leaves the space that stood on either side of it.
    if (!shown(token, style)) {
      apart ||= token.gap === " " && token.kind !== "ref";
      continue;
    }
    const headed = token.first;
    let line = lines.at(-1);
    if (headed && line) lines.push((line = ""));
    if (headed && style.marks && /[\p{L}\p{N}]/u.test(marks[token.item] ?? "")) line = `${marks[token.item].trim()} `;
    const gap = !line || line.endsWith(" ") || token.kind === "ref" ? "" : apart ? " " : token.gap;
    apart = false;
    lines[lines.length - 1] = line + gap + letters(token, style);
  }
  return lines;
}

function shown(token, { refs, readings }) {
  if (token.added) return true;
  if (token.kind === "ref") return refs && Boolean(token.text);
  if (token.kind === "reading") return readings && token.seen;
  return token.seen && token.kind !== "struck";
}

function letters({ kind, text, flat }, { raised }) {
  if (flat) return text;
  if (kind === "raised") return raised ? turned(text, RAISED) : `^${text}`;
  if (kind === "lowered") return raised ? turned(text, LOWERED) : text;
  if (kind === "reading") return `(${text})`;
  return text;
}

/** What is made of a stretch that stands nowhere, and why. */
function spoilt(part, random) {
  const all = [];
  const seen = part.filter((token) => token.seen && token.kind !== "struck" && token.kind !== "reading");
  const swap = (token, other) => part.map((each) => (each === token ? { ...each, ...other } : each));
  const numbers = seen.filter((token) => /\d/.test(token.text));
  if (numbers.length) {
    const token = random.one(numbers);
    all.push(["a digit is changed", swap(token, { text: changed(token.text, random) })]);
  }
  const hidden = part.filter((token) => !token.seen && token.kind !== "ref" && token.text);
  if (hidden.length) {
    const run = random.odds(0.5) ? hidden : [random.one(hidden)];
    all.push(["with what is shown nowhere", part.map((token) => (run.includes(token) ? { ...token, added: true } : token))]);
  }
  const struck = part.filter((token) => token.kind === "struck");
  if (struck.length) all.push(["with what is struck", part.map((token) => (struck.includes(token) ? { ...token, added: true } : token))]);
  const inner = seen.slice(1, -1).filter((token) => NEGATIONS.includes(token.text));
  if (inner.length) {
    const gone = random.one(inner);
    all.push(["without a negation", part.filter((token) => token !== gone)]);
  }
  const raised = part.filter((token, at) => token.kind === "raised" && /\d$/.test(part[at - 1]?.text ?? ""));
  if (raised.length) all.push(["a raised digit beside a number", swap(random.one(raised), { flat: true })]);
  const refs = part.filter((token, at) => token.kind === "ref" && token.digits && /\d$/.test(part[at - 1]?.text ?? ""));
  if (refs.length) all.push(["a note's number beside a number", swap(refs[0], { added: true, text: refs[0].digits })]);
  return all;
}

function changed(text, random) {
  const digits = [...text].map((sign, at) => [sign, at]).filter(([sign]) => /\d/.test(sign));
  const [digit, at] = random.one(digits);
  return text.slice(0, at) + String((Number(digit) + 1 + random.below(8)) % 10 || 9 - Number(digit) || 5) + text.slice(at + 1);
}

/** The same marks with one that is another, where the stretch holds the head of an item that has a number. */
function wrongNumber(part, marks) {
  const heads = part.filter((token) => token.first && /[\p{L}\p{N}]/u.test(marks[token.item] ?? ""));
  if (!heads.length) return null;
  const { item } = heads[0];
  return { ...marks, [item]: next(marks[item]) };
}

/** `12.` becomes `13.`, `(c)` becomes `(d)`, `iv.` becomes `vi.`. */
function next(mark) {
  if (/\d/.test(mark)) return mark.replace(/\d+/, (digits) => String(Number(digits) + 1).padStart(digits.length, "0"));
  const [letters] = mark.match(/\p{L}+/u);
  const isRoman = /^[ivxlc]{2,}$/i.test(letters);
  if (isRoman) return mark.replace(letters, letters + (letters === letters.toLowerCase() ? "x" : "X"));
  const last = letters.at(-1);
  return mark.replace(letters, letters.slice(0, -1) + (/z/i.test(last) ? (last === "z" ? "y" : "Y") : String.fromCharCode(last.charCodeAt(0) + 1)));
}

// What is said of them.

function written(name, notes) {
  let text = `---\nsource: ${name}\n---\n\n`;
  notes.forEach((note, at) => {
    note.line = text.split("\n").length;
    text += `## Words ${at}\n\n${note.words.map((line) => `> ${line}\n`).join("")}\nA comment.\n\n`;
    note.end = text.split("\n").length;
  });
  return text;
}

async function judge(dossier, notes) {
  const said = await new Promise((done) => execFile(PROGRAM, ["check", dossier, "--format", "json"], { maxBuffer: 1 << 30 }, (_, stdout) => done(stdout)));
  const told = new Map();
  for (const line of said.split("\n").filter(Boolean)) {
    const { place, severity, code, message } = JSON.parse(line);
    if (!place) continue;
    if (!told.has(place.path)) told.set(place.path, []);
    told.get(place.path).push({ line: place.line, severity, said: `${severity}[${code}] ${message}` });
  }
  for (const note of notes) {
    const mine = (told.get(`annotations/${note.name}.md`) ?? []).filter(({ line }) => note.line <= line && line < note.end);
    const isError = mine.some(({ severity }) => severity === "error");
    // A negation that was drawn right beside the stretch is told of words that stand.
    const isBeside = (said) => said.startsWith("warning[elision-hides]") && said.includes("stands right beside the passage");
    const isQuiet = mine.every(({ severity, said }) => severity === "hint" || isBeside(said));
    note.right = note.owes === "stands" ? isQuiet : isError;
    note.found = mine.map(({ said }) => said).join("; ") || "nothing is told";
  }
}

function tell(notes, wrong) {
  const count = (list, owes) => list.filter((note) => note.owes === owes).length;
  console.log(`seed ${SEED}, ${PAGES} pages: ${count(notes, "stands")} quotations of what is seen, ${count(wrong, "stands")} refused; ${count(notes, "fails")} of what is not seen, ${count(wrong, "fails")} accepted`);
  const kinds = new Map();
  for (const { kind, owes, why } of wrong) kinds.set(`${kind}: ${owes}, ${why}`, (kinds.get(`${kind}: ${owes}, ${why}`) ?? 0) + 1);
  for (const [kind, wrong] of [...kinds].sort()) console.log(`  ${String(wrong).padStart(4)} ${kind}`);
}
