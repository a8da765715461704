// The page beside the editor: it changes where it was read, shows mistakes and lets them go, and speaks to nobody else.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { test } from "node:test";
import { PROGRAM, ROOT, start, temporary } from "../casebook.mjs";
import { page } from "../chromium.mjs";

const SOURCE = "sources/how-a-quotation-is-checked.html";
const NOTES = "annotations/how-a-quotation-is-checked.md";

/** A dossier long enough to be read in the middle, watched; `edit(path, from, to)` changes a file. */
async function watched() {
  const folder = path.join(temporary(), "d");
  execFileSync(PROGRAM, ["init", folder, "-q"]);
  const file = (name) => path.join(folder, name);
  const edit = (name, from, to) => {
    const text = readFileSync(file(name), "utf8");
    assert.ok(text.includes(from), `${name} holds ${from}`);
    writeFileSync(file(name), text.replace(from, to));
  };
  writeFileSync(file("annotations/pages/long.md"), `---\ntitle: Long\n---\n\n${Array.from({ length: 120 }, (_, i) => `Paragraph number ${i} of a long page.\n\n`).join("")}`);
  const run = start("watch", folder, "--no-open", "--port", "0");
  const [, root] = await run.said(/serving (http:\/\/\S+)/);
  return { root, edit, file, run };
}

/** A page of it, once it listens. */
async function opened(address, options) {
  const sheet = await page(options);
  const listening = sheet.waitForRequest((request) => request.url().includes("/~casebook/events"));
  await sheet.goto(address);
  await listening;
  return sheet;
}

/** The words of the overlay, whose shadow is open. */
const overlay = (sheet) => sheet.locator("casebook-watch .panel");

test("an edit changes the open page where it was read, and shows what changed", async () => {
  const { root, edit } = await watched();
  // What changed is shown for two seconds only, which a slow machine may miss
  const remember = () => {
    window.shown = [];
    const look = (records) => records.forEach(({ target }) => target.classList.contains("casebook-changed") && window.shown.push(target.textContent));
    new MutationObserver(look).observe(document, { subtree: true, attributeFilter: ["class"] });
  };
  const sheet = await opened(`${root}pages/long.html`, { scripts: [remember] });
  const middle = sheet.getByText("Paragraph number 60 of");
  await middle.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
  const before = (await middle.boundingBox()).y;
  // above the reader's place, so that everything below it moves
  edit("annotations/pages/long.md", "Paragraph number 10 of", "A new paragraph, which says this and that.\n\nAnd another one.\n\nParagraph number 10 of");
  edit("annotations/pages/long.md", "Paragraph number 61 of", "Changed: paragraph number 61 of");
  const changed = sheet.getByText("Changed: paragraph number 61 of");
  await changed.waitFor();
  assert.ok(Math.abs((await middle.boundingBox()).y - before) < 3, "the reader's place");
  await sheet.waitForFunction(() => window.shown.some((text) => text.startsWith("Changed")));
  assert.equal(await sheet.evaluate(() => window.shown.some((text) => text.startsWith("Paragraph number 60"))), false);
  assert.deepEqual(await sheet.complaints(), []);
  await sheet.done();
});

/** The dossier that ships, watched: its notes stand close. */
async function shipped() {
  const folder = path.join(temporary(), "d");
  for (const part of ["annotations", "seeds", "casebook.toml"]) cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  const [, root] = await start("watch", folder, "--no-open", "--port", "0").said(/serving (http:\/\/\S+)/);
  return { folder, root };
}

test("what is said at a note in the margin covers no other note", async () => {
  const { folder, root } = await shipped();
  const id = "2024-11-11-call-hanoi-statement";
  const notes = path.join(folder, `annotations/${id}.md`);
  const sheet = await opened(`${root}sources/${id}.html`, { width: 1280 });
  const meeting = () => {
    const boxes = [...document.querySelectorAll("main aside")].map((note) => note.getBoundingClientRect()).filter((box) => box.height);
    const meet = (a, b) => a !== b && a.top < b.bottom - 1 && b.top < a.bottom - 1 && a.left < b.right && b.left < a.right;
    return boxes.length < 3 || boxes.some((box) => boxes.some((other) => meet(box, other)));
  };
  assert.equal(await sheet.evaluate(meeting), false);
  writeFileSync(notes, readFileSync(notes, "utf8").replace("spoke by telephone", "spoke by telegraph"));
  await sheet.locator("aside .casebook-mistake-words").waitFor();
  assert.equal(await sheet.evaluate(meeting), false);
  await sheet.done();
});

test("notes that grow move nothing of what is read", async () => {
  const { folder, root } = await shipped();
  const id = "2026-01-us-vietnam-relations";
  const notes = path.join(folder, `annotations/${id}.md`);
  let text = readFileSync(notes, "utf8");
  for (const width of [1440, 380]) {
    const sheet = await opened(`${root}sources/${id}.html`, { width });
    await sheet.evaluate(() => scrollTo({ top: (document.documentElement.scrollHeight - innerHeight) / 2, behavior: "instant" }));
    const first = () => {
      const read = [...document.querySelectorAll("main p")].filter((one) => !one.closest("aside"));
      const block = read.find((one) => one.getBoundingClientRect().top > 0);
      return { words: block.textContent, top: block.getBoundingClientRect().top };
    };
    const place = await sheet.evaluate(first);
    await sheet.evaluate(() => (window.isOld = true));
    // The second note and the last but one: above and below the reader's place
    const parts = text.split("\n## ");
    for (const i of [2, parts.length - 2]) parts[i] = `${parts[i].trimEnd()}\n\nAnd more, at length. ${"It goes on and on. ".repeat(20)}\n`;
    text = parts.join("\n## ");
    writeFileSync(notes, text);
    await sheet.waitForFunction(() => !window.isOld && document.readyState === "complete");
    const isThere = ({ words, top }) =>
      [...document.querySelectorAll("main p")].some((one) => one.textContent === words && Math.abs(one.getBoundingClientRect().top - top) < 3);
    await sheet.waitForFunction(isThere, place);
    await sheet.done();
  }
});

test("a broken quotation is told on the page and at its note, and goes when it is mended", async () => {
  const { root, edit } = await watched();
  const sheet = await opened(root + SOURCE);
  assert.equal(await overlay(sheet).isVisible(), false);
  edit(NOTES, "> ", "> Zebras say <img src=x onerror=alert(1)> that ");
  await overlay(sheet).waitFor();
  assert.match(await overlay(sheet).innerText(), /1 error[^]*error[^]*annotations\/how-a-quotation-is-checked\.md:\d+:\d+/);
  const href = await overlay(sheet).locator("a.place").first().getAttribute("href");
  assert.match(href, /^vscode:\/\/file\/.*\/annotations\/how-a-quotation-is-checked\.md:\d+:\d+$/);
  assert.equal(await sheet.locator("casebook-watch img").count(), 0, "texts stay texts");
  assert.equal(await sheet.locator("aside.casebook-mistake").count(), 1);
  assert.equal(await sheet.locator("aside.casebook-mistake .casebook-mistake-words").count(), 1);
  // The page's end can be read above the panel
  const isAbove = () => {
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    const panel = document.querySelector("casebook-watch").shadowRoot.querySelector(".panel").getBoundingClientRect();
    return document.querySelector("body > footer").getBoundingClientRect().bottom <= panel.top + 1;
  };
  await sheet.waitForFunction(isAbove);
  edit(NOTES, "> Zebras say <img src=x onerror=alert(1)> that ", "> ");
  await overlay(sheet).waitFor({ state: "hidden" });
  assert.equal(await sheet.locator(".casebook-mistake").count(), 0);
  assert.deepEqual(await sheet.complaints(), []);
  await sheet.done();
});

test("a stylesheet is changed in the open page", async () => {
  const { root, file, run } = await watched();
  const sheet = await opened(root);
  await sheet.evaluate(() => (window.untouched = true));
  execFileSync("mkdir", ["-p", file("templates/assets")]);
  writeFileSync(file("templates/assets/casebook.css"), "body { background: rgb(1, 2, 3) }\n");
  await sheet.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)");
  assert.equal(await sheet.evaluate(() => window.untouched), true, "it was not loaded anew");
  assert.match(run.text(), /casebook\.css/);
  await sheet.done();
});

test("a first build with mistakes has a page that becomes the site", async () => {
  const folder = path.join(temporary(), "d");
  execFileSync(PROGRAM, ["init", folder, "-q"]);
  const bad = path.join(folder, "annotations/bad.md");
  writeFileSync(bad, "---\nsource: what-a-check-does-not-say\n---\n\n## Bad\n\n> Nowhere at all.\n");
  const run = start("watch", folder, "--no-open", "--port", "0");
  const [, root] = await run.said(/serving (http:\/\/\S+)/);
  const sheet = await opened(root);
  await overlay(sheet).waitFor();
  writeFileSync(bad, "---\nsource: what-a-check-does-not-say\n---\n\nA remark.\n");
  await sheet.locator("main#s-text").waitFor();
  assert.equal(await overlay(sheet).isVisible(), false);
  await sheet.done();
});

test("drafts and private notes have a view of their own, with a switch", async () => {
  const { root, file } = await watched();
  writeFileSync(file("annotations/pages/plan.md"), "---\ntitle: My plan\ndraft: true\n---\n\nNot yet.\n");
  const sheet = await opened(root);
  const link = sheet.locator("casebook-watch a.switch");
  await sheet.reload();
  await link.waitFor();
  const covered = () => {
    const over = document.querySelector("casebook-watch").shadowRoot.querySelector(".views").getBoundingClientRect();
    const meets = (box) => box.top < over.bottom && over.top < box.bottom && box.left < over.right && over.left < box.right;
    return [...document.querySelectorAll("header a")].filter((one) => meets(one.getBoundingClientRect())).map((one) => one.textContent);
  };
  for (const width of [1280, 380]) {
    await sheet.setViewportSize({ width, height: 900 });
    assert.deepEqual(await sheet.evaluate(covered), []);
  }
  await link.click();
  await sheet.waitForURL(/~everything/);
  await sheet.goto(`${root}~everything/pages/plan.html`);
  assert.match(await sheet.locator("p.badge").innerText(), /draft/i);
  await sheet.locator("casebook-watch a.switch").click();
  await sheet.waitForURL(/\/index\.html$/);
  await sheet.done();
});

test("the page comes back when the program does", async () => {
  const { root, file, run } = await watched();
  const port = new URL(root).port;
  const sheet = await opened(root);
  const ended = new Promise((done) => run.child.on("exit", done));
  run.child.kill("SIGTERM");
  await sheet.waitForFunction(() => document.querySelector("casebook-watch").classList.contains("alone"));
  writeFileSync(file("annotations/pages/home.md"), "---\ntitle: Home\n---\n\nBegun anew.\n");
  await ended;
  await start("watch", file("."), "--no-open", "--port", port).said(/serving/);
  await sheet.getByText("Begun anew.").waitFor();
  await sheet.done();
});

test("a page of another site reads nothing", async () => {
  const { root } = await watched();
  const foreign = http.createServer((_, answer) => answer.end("<!doctype html><title>foreign</title>"));
  await new Promise((done) => foreign.listen(0, "127.0.0.1", done));
  const sheet = await page();
  await sheet.goto(`http://127.0.0.1:${foreign.address().port}/`);
  const read = await sheet.evaluate(async (root) => {
    const got = [];
    const targets = ["", "sources.html", "~everything/", "~casebook/watch.js", "~casebook/events", "~casebook/watch.css"];
    const loaded = (element, address) =>
      new Promise((done) => {
        element.onload = () => done(true);
        element.onerror = () => done(false);
        element.src = element.href = address;
        element.rel = "stylesheet";
        document.head.append(element);
      });
    for (const target of targets) {
      for (const mode of ["cors", "no-cors"]) {
        const answer = await fetch(root + target, { mode }).catch(() => null);
        if (answer) got.push(`fetch ${mode} ${target}`);
      }
      for (const name of ["script", "img", "link"]) {
        if (await loaded(document.createElement(name), root + target)) got.push(`${name} ${target}`);
      }
    }
    const heard = await new Promise((done) => {
      const source = new EventSource(`${root}~casebook/events`);
      source.onopen = () => done(true);
      source.onerror = () => done(false);
    });
    if (heard) got.push("events");
    const socket = await new Promise((done) => {
      const socket = new WebSocket(root.replace("http", "ws"));
      socket.onopen = () => done(true);
      socket.onerror = () => done(false);
    });
    if (socket) got.push("socket");
    const frame = document.createElement("iframe");
    frame.src = root;
    document.body.append(frame);
    await new Promise((done) => (frame.onload = done));
    if (frame.contentDocument) got.push("frame");
    return got;
  }, root);
  assert.deepEqual(read, []);
  foreign.close();
  await sheet.done();
});
