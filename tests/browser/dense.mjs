// A dossier that is too full: sixty notes on one page, passages over passages, words without end, every letter that Vietnamese has,
// tables, lists and code. What holds here holds for what people write.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

const KINDS = ["comment", "fact", "context", "question", "correction", "doubt", "translation"];
const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const ADDRESS = "https://archive.example.org/2025/07/a-very-long-address-without-a-single-space/that-goes-on-and-on?and=on&and=on#and-on";
const VIETNAMESE = "Quyết định của Thủ tướng Chính phủ về việc phê duyệt quy hoạch: Ằ ẵ ặ Ấ ầ ẩ ẫ ậ Ế ề ể ễ ệ Ố ồ ổ ỗ ộ Ớ ờ ở ỡ ợ Ứ ừ ử ữ ự ỳ ỵ ỷ ỹ Đ đ.";

/** Sentences that are all different, so that each can be quoted. */
const sentence = (n) => `In clause ${n} the council of ward ${n * 7} set aside ${n * 1250} crowns for the ferry, the pier and the road that leads to them`;

export async function writeDense(dossier) {
  const files = {
    "casebook.toml": 'format = 1\n\n[dossier]\ntitle = "A dossier that is too full"\nlanguage = "en"\n',
    "seeds/2024-dense.md": denseSource(),
    "annotations/dense.md": denseNotes(),
    "seeds/2025-vi.md": vietnameseSource(),
    "annotations/vi.md": vietnameseNotes(),
    "seeds/2023-excerpts.md": "---\ntitle: Only in excerpts\nrights: excerpts\npublished: 2023\n---\n\nThe first line stays here. The ferry was late on most days of the year. Nobody knows why.\n\nThe last line stays here too.\n",
    "annotations/excerpts.md": "---\nsource: 2023-excerpts\n---\n\n## Late\n\n> The ferry was late on most days\n\ntopics: ferry\nkind: fact\n\nMost of them.\n",
    "annotations/topics/ferry.md": `---\ntitle: The ferry\naliases: boat, ${LONG}\n---\n\nEverything that is said of it, and a [long address](${ADDRESS}).\n`,
    "annotations/topics/pier.md": "---\ntitle: The pier\nbroader: ferry\n---\n",
    "annotations/topics/to-lam.md": "---\ntitle: Tô Lâm\nkind: person\n---\n",
    "annotations/claims/pays.md": "---\ntitle: The ferry pays for itself\nstatus: disputed\n---\n\nSo it is said.\n",
    "annotations/pages/home.md": `---\ntitle: Home\n---\n\nWhat is all this about? It is about ${LONG}.\n\n| a | b |\n| --- | ---: |\n| ${LONG} | 1 |\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dossier, name)), { recursive: true });
    await writeFile(path.join(dossier, name), text);
  }
  return dossier;
}

export const NOTES = 60;

function denseSource() {
  const parts = ["---\ntitle: Minutes that everybody quotes\npublished: 2024-05-02\nauthor: The clerk of the council\nurl: " + ADDRESS + "\n---\n"];
  for (let n = 1; n <= NOTES; n += 1) {
    if (n % 15 === 1) parts.push(`## Part ${(n + 14) / 15}${n === 16 ? " " + LONG : ""}`);
    if (n === 20) parts.push(`| ward | what was set aside |\n| --- | ---: |\n| ${LONG} | 1 |\n| two | 22 |`);
    if (n === 30) parts.push("```\nthe code of the pier is one long line that does not break and would push the page to the side if nobody saw to it\n```");
    if (n === 40) parts.push("> as the mayor said\n>\n> > as her mother used to say");
    parts.push(n % 3 === 0 ? `${sentence(n)}, and again ${LONG}.` : `${sentence(n)}.`);
  }
  return parts.join("\n\n") + "\n";
}

function denseNotes() {
  const notes = [];
  for (let n = 1; n <= NOTES; n += 1) {
    const words = sentence(n);
    // Every other note lies across the next one's words.
    const passage = n % 4 === 0 ? `clause ${n} the council of ward ${n * 7} set aside` : n % 4 === 2 ? `the council of ward ${n * 7} set aside ${n * 1250} crowns` : words;
    const length = 1 + ((n * 7) % 5);
    notes.push(
      [
        `## Note ${String(n).padStart(2, "0")}${n === 7 ? " " + LONG : ""} {#d${n}}`,
        `> ${passage}`,
        [`topics: ${n % 2 ? "ferry" : "ferry, pier"}`, `kind: ${KINDS[n % KINDS.length]}`, ...(n % 10 === 0 ? ["supports: pays"] : []), ...(n % 10 === 5 ? ["disputes: pays"] : [])].join("\n"),
        Array(length).fill("A comment goes on for a while, because there is always more to be said of a ferry than fits into a margin.").join(" "),
        ...(n === 11 ? [`| a | ${LONG} |\n| --- | --- |\n| 1 | 2 |`] : []),
        ...(n === 12 ? [VIETNAMESE + " " + ADDRESS] : []),
        ...(n === 13 ? [`See [[2024-dense#d1]] and [the archive](${ADDRESS}).`] : []),
      ].join("\n\n"),
    );
  }
  // Passages within passages within passages, all of one sentence.
  const nested = ["In clause 1 the council of ward 7", "the council of ward 7 set aside 1250 crowns", "ward 7 set aside", "set aside 1250 crowns for the ferry"];
  nested.forEach((words, n) => notes.push(`## Within ${n} {#w${n}}\n\n> ${words}\n\nkind: ${KINDS[n]}\n\nOver and under.`));
  return "---\nsource: 2024-dense\n---\n\n" + notes.join("\n\n") + "\n";
}

const vietnameseSource = () => `---\ntitle: Biên bản cuộc họp của hội đồng\nlanguage: vi\npublished: 2025\n---\n\n${VIETNAMESE}\n\nTô Lâm đã nói về phà[^1].\n\n[^1]: Cước chú của người viết.\n`;

const vietnameseNotes = () =>
  "---\nsource: 2025-vi\n---\n\n## Quy hoạch\n\n> Quyết định của Thủ tướng Chính phủ về việc phê duyệt quy hoạch\n\nkind: translation\nlanguage: vi\ntopics: to-lam\n\nẰ ẵ ặ: dấu chồng lên dấu.\n";
