// Wherever a site lies, every link and fragment leads somewhere, nothing fails, and nothing is asked of anybody else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pages, dense, shipped } from "../casebook.mjs";
import { page } from "../chromium.mjs";
import { WAYS } from "../server.mjs";

for (const [way, address] of Object.entries(WAYS)) {
  test(`the shipped dossier, ${way}: every link, no error, nothing from elsewhere`, async () => assertSound(await shipped(), await address(await shipped())));
}
test("the dense dossier, from the disk: every link, no error, nothing from elsewhere", async () => assertSound(await dense(), await WAYS["from the disk"](await dense())));

async function assertSound(site, root) {
  const sheet = await page();
  const found = new Map();
  const complaints = [];
  for (const name of await pages(site)) {
    // Where a host shows it, at an address of any depth, is tried below.
    if (name === "404.html" && root.startsWith("http")) continue;
    await sheet.goto(new URL(name, root).href);
    found.set(name, await sheet.evaluate(linksAndIds));
    complaints.push(...(await sheet.complaints()).map((complaint) => `${name}: ${complaint}`));
  }
  complaints.push(...sheet.asked.filter((url) => !url.startsWith(root) && !/^(data|blob):/.test(url)).map((url) => `asked for ${url}`));
  await sheet.done();
  complaints.push(...(await looseEnds(found, root, site)));
  assert.deepEqual(complaints, []);
}

/** In the page. */
function linksAndIds() {
  const links = [...document.querySelectorAll("a[href], area[href]")].map((link) => new URL(link.getAttribute("href"), document.baseURI).href);
  return { links: [...new Set(links)], ids: [...document.querySelectorAll("[id]")].map((element) => element.id) };
}

async function looseEnds(found, root, site) {
  const known = new Map([...found].map(([name, { ids }]) => [name, new Set(ids)]));
  const others = new Map();
  const complaints = [];
  for (const [name, { links }] of found) {
    for (const link of links) {
      const url = new URL(link);
      const fragment = decodeURIComponent(url.hash.slice(1));
      url.hash = "";
      if (!url.href.startsWith(root)) {
        if (!/^(https?|mailto|tel):/.test(url.protocol) || url.hostname === "127.0.0.1") complaints.push(`${name}: leads out of the site to ${link}`);
        continue;
      }
      const target = decodeURIComponent(url.href.slice(root.length)) || "index.html";
      const ids = known.get(target) ?? known.get(`${target}.html`);
      if (ids) {
        if (fragment && !ids.has(fragment)) complaints.push(`${name}: nothing has the id of ${link}`);
      } else if (target !== "404.html") {
        if (!others.has(target)) others.set(target, await there(url.href, site, target));
        if (!others.get(target)) complaints.push(`${name}: there is no ${link}`);
      }
    }
  }
  return complaints;
}

/** A file that is no page: data to take along. */
async function there(url, site, target) {
  if (url.startsWith("http")) return (await fetch(url)).ok;
  const { existsSync } = await import("node:fs");
  return existsSync(`${site}/${target}`);
}

test("what is not there, at any depth", async () => {
  const root = await WAYS["at the root"](await shipped());
  const sheet = await page();
  const answer = await sheet.goto(`${root}no/such/page.html`);
  assert.equal(answer.status(), 404);
  assert.match(await sheet.locator("h1").textContent(), /\S/);
  const complaints = (await sheet.complaints()).filter((complaint) => !/status of 404/.test(complaint));
  await sheet.done();
  assert.deepEqual(complaints, []);
});
