// A folder as hosts serve it: at the root of a domain, under a path, with the `.html` taken off addresses, or not served at all.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after } from "node:test";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".jsonld": "application/ld+json",
  ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
};

/** The ways in which every site has to work, each a function from a folder to its address. */
export const WAYS = {
  "from the disk": async (folder) => pathToFileURL(folder + path.sep).href,
  "at the root": (folder) => serve(folder),
  "under a path": (folder) => serve(folder, { under: "/a/deep/path/" }),
  "without .html": (folder) => serve(folder, { bare: true }),
};

const open = [];

/** Serves a folder on this machine only; gives back the address of its front page's folder. `slowly`: pages come piece by piece. */
export async function serve(folder, { under = "/", bare = false, slowly = false } = {}) {
  const server = createServer((request, response) => {
    answer({ folder, under, bare, slowly }, request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  open.push(server);
  return `http://127.0.0.1:${server.address().port}${under}`;
}

after(() => {
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
});

async function answer({ folder, under, bare, slowly }, request, response) {
  const asked = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (!asked.startsWith(under)) return response.writeHead(404).end("outside the site");
  let name = asked.slice(under.length);
  if (bare && name.endsWith(".html")) {
    const shorter = name === "index.html" ? "" : name.slice(0, -".html".length);
    return response.writeHead(308, { location: encodeURI(under + shorter) }).end();
  }
  if (name === "" || name.endsWith("/")) name += "index.html";
  else if (bare && path.extname(name) === "") name += ".html";
  const file = path.join(folder, name);
  const there = file.startsWith(folder) && (await stat(file).catch(() => null))?.isFile();
  const body = await readFile(there ? file : path.join(folder, "404.html"));
  const type = there ? (TYPES[path.extname(file)] ?? "application/octet-stream") : TYPES[".html"];
  response.writeHead(there ? 200 : 404, { "content-type": type, "cache-control": name.startsWith("assets/") ? "max-age=31536000, immutable" : "no-cache" });
  if (slowly && type === TYPES[".html"]) return trickle(body, response);
  response.end(request.method === "HEAD" ? undefined : body);
}

/** As over a slow line: a first packet up to the text, as even the smallest window of a connection holds it, then packet after packet. */
async function trickle(body, response) {
  const PACKET = 1400;
  let at = 0;
  for (let until = Math.max(body.indexOf("<main"), PACKET); at < body.length; until += PACKET) {
    response.write(body.subarray(at, until));
    at = until;
    await new Promise((later) => setTimeout(later, 20));
  }
  response.end();
}
