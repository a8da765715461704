// The program under trial, and the sites that it makes: the dossier that ships, and a dense one made up here.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after } from "node:test";
import { promisify } from "node:util";
import { page } from "./chromium.mjs";
import { writeDense } from "./dense.mjs";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** The program as `cargo build` left it; CASEBOOK names another. */
export const PROGRAM = process.env.CASEBOOK ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "debug", "casebook");

const folders = [];
const running = [];

/** A folder that goes away with the trials. */
export function temporary() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "casebook-trial-"));
  folders.push(folder);
  return folder;
}

// A program that still watches a folder would write into it while it goes.
after(async () => {
  await Promise.all(running.map(stopped));
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

/** Stops a command, and waits until it has ended. */
function stopped(child) {
  if (child.exitCode !== null || child.signalCode !== null) return undefined;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  return ended;
}

/** Builds a dossier and gives back the folder of its site. */
export async function build(dossier, ...options) {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not there: cargo build`);
  const site = path.join(temporary(), "site");
  await promisify(execFile)(PROGRAM, ["build", dossier, "-o", site, ...options], { cwd: os.tmpdir() });
  return site;
}

/** Starts a command that goes on (`watch`), and stops it with the trials. `said(pattern)` waits for a line on stderr that fits. */
export function start(...options) {
  const child = spawn(PROGRAM, options, { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  const waiting = new Set();
  const hear = (piece) => {
    text += piece;
    for (const look of waiting) look();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  running.push(child);
  const said = (pattern, patience = 15_000) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => (waiting.delete(look), reject(new Error(`\`${pattern}\` was not said in ${patience} ms, but:\n${text}`))), patience);
      const look = () => {
        const found = text.match(pattern);
        if (found) (waiting.delete(look), clearTimeout(late), resolve(found));
      };
      waiting.add(look);
      look();
    });
  return { child, said, text: () => text };
}

let shippedSite;
let denseSite;

/** The site of the dossier that lies in this repository. */
export const shipped = () => (shippedSite ??= build(ROOT));

/** A site that asks more of a page than a careful writer would. */
export const dense = () => (denseSite ??= writeDense(temporary()).then((dossier) => build(dossier)));

/** Every page of a site, by its path in it. */
export async function pages(site) {
  const names = await readdir(site, { recursive: true });
  return names.filter((name) => name.endsWith(".html")).map((name) => name.split(path.sep).join("/")).sort();
}

/**
 * Pages of a site that together hold everything that occurs on any of its pages: each kind of page, each element and class,
 * as few as will do. So what is new on a page is tried without being named here. `but`: pages of another site, whose kinds need not be tried again.
 */
export async function representatives(site, but) {
  const found = await thingsOn(site);
  const known = new Set(but ? [...(await thingsOn(but)).values()].flatMap((things) => [...things]) : []);
  for (const things of found.values()) known.forEach((thing) => things.delete(thing));
  const chosen = [];
  for (;;) {
    const [best, things] = [...found].reduce((best, each) => (each[1].size > best[1].size ? each : best), ["", new Set()]);
    if (!things.size) return chosen;
    chosen.push(best);
    const covered = new Set(things);
    for (const [, rest] of found) covered.forEach((thing) => rest.delete(thing));
  }
}

/** One page of each kind, the shortest: for what takes its time. */
export async function kinds(site) {
  const shortest = new Map();
  for (const name of await pages(site)) {
    const text = await readFile(path.join(site, name), "utf8");
    const kind = text.match(/<body class="([^"]*)"/)?.[1] ?? "none";
    if (text.length < (shortest.get(kind)?.length ?? Infinity)) shortest.set(kind, { name, length: text.length });
  }
  return [...shortest.values()].map(({ name }) => name);
}

/** By page, what stands on it: its kind, its elements, their classes. Looked up once a site; who asks gets sets of its own. */
async function thingsOn(site) {
  if (!looked.has(site)) looked.set(site, lookUp(site));
  return new Map([...(await looked.get(site))].map(([name, things]) => [name, new Set(things)]));
}

const looked = new Map();

async function lookUp(site) {
  const names = await pages(site);
  const texts = await Promise.all(names.map((name) => readFile(path.join(site, name), "utf8")));
  const sheet = await page();
  const things = await sheet.evaluate((texts) => {
    return texts.map((text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      const each = [...page.querySelectorAll("*")].flatMap((element) => [element.localName, ...[...element.classList].map((name) => `${element.localName}.${name}`)]);
      // Which place a note hangs from is no difference that anybody sees.
      return [`page ${page.body.className}`, ...new Set(each.filter((thing) => !/\.i\d+$/.test(thing)))];
    });
  }, texts);
  await sheet.done();
  return new Map(names.map((name, i) => [name, new Set(things[i])]));
}
