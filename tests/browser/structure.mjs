// Pages made up at random, each paragraph of one kind of structure that pages really have: raised figures, references to notes, lists of
// every numbering, words and paragraphs hidden by every means, struck words, tables, pictures, ruby, shadow roots, drawings.
//
// What a reader sees of them is asked of the browser, never of this file. Only what no layout tells is marked here: `data-is="ref"` is a
// reference to a note, `data-typed` is what a person types for it, `data-li` names an item.

/** Numbers at random that are the same for the same seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { next, below, one: (list) => list[below(list.length)], odds: (p) => next() < p };
}

/** Words that negate, and are never made up. */
export const NEGATIONS = ["not", "never", "without", "nicht", "kein", "jamais", "nunca"];

/** A page: its HTML, and the kind and HTML of each of its blocks. `left` names kinds that are left out. */
export function pageOf(seed, count, left = []) {
  const random = chance(seed);
  const make = maker(random);
  const kinds = Object.keys(KINDS).filter((kind) => !left.includes(kind));
  const blocks = Array.from({ length: count }, (_, at) => {
    const kind = random.one(kinds);
    const { html, css = "" } = KINDS[kind]({ ...make, random, at });
    return { kind, css, html: `<div data-b="${at}">${html}</div>` };
  });
  const css = blocks.map((block) => block.css).filter(Boolean).join("\n");
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Page ${seed}</title><style>
body { font: 16px/1.6 sans-serif; margin: 40px }
[data-b] { margin: 40px 0; min-height: 30px; clear: both }
${css}
</style></head><body>
${blocks.map((block) => block.html).join("\n")}
</body></html>
`;
  return { html, blocks };
}

/** Words that occur once on a page, and sentences of them. */
function maker(random) {
  const known = new Set();
  const word = () => {
    for (;;) {
      const syllables = Array.from({ length: 2 + random.below(2) }, () => random.one([..."bdfghklmnprstvw"]) + random.one([..."aeiou"]));
      const made = syllables.join("") + random.one(["", "n", "r", "l", "m"]);
      if (!known.has(made)) return known.add(made), made;
    }
  };
  const number = () => random.one([() => String(12 + random.below(87)), () => String(1100 + random.below(900)), () => `${1 + random.below(9)},${100 + random.below(900)}`, () => `${1 + random.below(90)}.${1 + random.below(9)}`])();
  const words = (count) =>
    Array.from({ length: count }, (_, at) => {
      if (at === count - 1) return word();
      if (random.odds(0.12)) return number();
      return random.odds(0.08) ? `${random.one(NEGATIONS)} ${word()}` : word();
    }).join(" ");
  return { word, number, words };
}

/** What is put around a word so that nobody sees it: attributes, and a rule of the page's style. `#` is a name of its own. */
const HIDING = {
  "display": ['style="display:none"'],
  "visibility": ['style="visibility:hidden"'],
  "collapse": ['style="visibility: collapse"'],
  "opacity": ['style="opacity:0"'],
  "font-size": ['style="font-size:0"'],
  "off the left": ['style="position:absolute;left:-9999px"'],
  "off the top": ['style="position:absolute;top:-5000px"'],
  "clip": ['style="position:absolute;clip:rect(0 0 0 0);width:1px;height:1px;overflow:hidden"'],
  "clip-path": ['style="position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap"'],
  "indent": ['style="display:inline-block;text-indent:-9999px;width:1px;overflow:hidden"'],
  "attribute": ["hidden"],
  "class": ['class="c#"', ".c# { display: none }"],
  "class, invisible": ['class="c#"', ".c#{visibility:hidden}"],
  "class, clear": ['class="c#"', ".c# { opacity: 0 }"],
  "class, away": ['class="c#"', ".c# { position: absolute; left: -10000px }"],
  "class, tiny": ['class="c#"', ".c# { font-size: 0 }"],
  "id": ['id="i#"', "#i# { display: none }"],
  "two classes": ['class="x# c#"', ".x#.c# { display: none }"],
  "element and class": ['class="c#"', "span.c# { display: none }"],
  "group": ['class="c#"', ".none#, .c# { display: none }"],
  "important": ['class="c#" style="display:inline"', ".c# { display: none !important }"],
  "the later rule": ['class="c#"', ".c# { display: inline } .c# { display: none }"],
  "the stronger rule": ['id="i#" class="c#"', "#i# { display: none } .c# { display: inline }"],
  "screen": ['class="c#"', "@media screen { .c# { display: none } }"],
  "sf-hidden": ['class="sf-hidden"', ".sf-hidden{display:none!important}"],
  "screen readers": ['class="sr-only"', ".sr-only{position:absolute;width:1px;height:1px;padding:0;margin:-1px;overflow:hidden;clip:rect(0,0,0,0);white-space:nowrap;border:0}"],
  "not": ['class="c#"', "[data-b] span.c#:not(.none#) { display: none }"],
  "not print": ['class="c#"', "@media not print { .c# { display: none } }"],
  "clip-path, all": ['style="clip-path: inset(100%)"'],
  "clip-path, all of a box": ['style="display:inline-block;clip-path:inset(100%)"'],
  "no height": ['style="display:inline-block;height:0;overflow:hidden"'],
  "no height at most": ['class="c#"', ".c# { display: inline-block; max-height: 0; overflow: hidden }"],
  "skipped": ['style="display:inline-block;content-visibility:hidden"'],
  // what looks like hiding and hides nothing
  "shown: not": ['class="c# d#"', ".c#:not(.d#) { display: none }"],
  "shown: a narrow screen": ['class="c#"', "@media (max-width: 600px) { .c# { display: none } }"],
  "shown: inert": ["inert"],
  "shown: white": ['style="color:white"'],
  "shown: no height of a line": ['style="height:0;overflow:hidden"'],
  "shown: skipped in a line": ['style="content-visibility:hidden"'],
  "shown: small in a line": ['style="transform:scale(0)"'],
  "shown: print": ['class="c#"', "@media print { .c# { display: none } }"],
  "shown: the later rule": ['class="c#"', ".c# { display: none } .c# { display: inline }"],
  "shown: the stronger rule": ['id="i#" class="c#"', ".c# { display: none } #i# { display: inline }"],
  "shown: inline": ['class="c#" style="display:inline"', ".c# { display: none }"],
  "shown: pale": ['style="opacity:0.5"'],
  "shown: for the eye": ['aria-hidden="true"'],
  "shown: a comment": ['class="c#"', "/* .c# { display: none } */"],
};

/** What is put around a paragraph: as above. */
const SHUT = {
  "display": ['class="c#"', "div.c# { display: none }"],
  "no height": ['style="height:0;overflow:hidden"'],
  "no height at most": ['class="c#"', ".c# { max-height: 0; overflow: hidden }"],
  "no width": ['style="width:0;overflow:hidden"'],
  "skipped": ['style="content-visibility:hidden"'],
  "clip-path": ['style="clip-path:inset(100%)"'],
  "opacity": ['style="opacity:0"'],
  "shrunk": ['style="transform:scale(0)"'],
  "moved": ['style="transform:translateX(-9999px)"'],
  "shown: inert": ["inert"],
  "shown: padded": ['style="height:0;overflow:hidden;padding-bottom:90px"'],
  "shown: low": ['style="height:200px;overflow:hidden"'],
  "shown: no height, open": ['style="height:0;margin-bottom:60px"'],
  "shown: half of half": ['style="opacity:0.5"'],
};

const REFERENCES = [
  (n) => [`<sup><a href="#n${n}">${n}</a></sup>`, ""],
  (n) => [`<sup class="reference"><a href="#n${n}">[${n}]</a></sup>`, `[${n}]`],
  (n) => [`<sup id="cite_ref-${n}" class="reference"><a href="#cite_note-${n}"><span class="cite-bracket">[</span>${n}<span class="cite-bracket">]</span></a></sup>`, `[${n}]`],
  (n) => [`<a role="doc-noteref" href="#n${n}">${n}</a>`, ""],
  (n) => [`<a href="#fn${n}" class="footnote-ref" role="doc-noteref"><sup>${n}</sup></a>`, ""],
  (n) => [`<a href="#_ftn${n}" name="_ftnref${n}"><span class="MsoFootnoteReference"><span>[${n}]</span></span></a>`, `[${n}]`],
  () => ['<sup><a href="#note">*</a></sup>', ""],
];

const NUMBERINGS = ["", 'type="a"', 'type="A"', 'type="i"', 'type="I"', 'style="list-style-type: lower-roman"', 'style="list-style-type:upper-alpha"', 'style="list-style-type: decimal-leading-zero"', 'style="list-style-position: inside"'];

/** Each makes the HTML of a block, and what its page's style needs for it. */
const KINDS = {
  plain: ({ words }) => ({ html: `<p>${words(14)}.</p>` }),

  raised: ({ words, random }) => {
    const way = random.one([
      (n) => `<sup>${n}</sup>`,
      (n) => `<span style="vertical-align: super; font-size: 70%">${n}</span>`,
      (n) => `<span class="up">${n}</span>`,
      (n) => `<sup class="raised">${n}</sup>`,
      (n) => `<span class="moved">${n}</span>`,
    ]);
    const n = 2 + random.below(8);
    return { html: `<p>${words(5)} 10${way(n)} ${words(5)} ${12 + random.below(80)}${way(2 + random.below(8))} ${words(3)}.</p>`, css: ".up { vertical-align: super; font-size: 70% } .moved, .raised { position: relative; top: -.5em; font-size: 70%; vertical-align: baseline }" };
  },
  "raised by name alone": ({ words, random }) => ({
    html: `<p>${words(5)} 10<sup class="flat">${2 + random.below(8)}</sup> ${words(5)}.</p>`,
    css: "sup.flat { vertical-align: baseline; font-size: 100% }",
  }),
  lowered: ({ words, random }) => ({ html: `<p>${words(5)} ${random.one(["H", "CO", "N", "SO"])}<sub>${2 + random.below(3)}</sub> ${words(5)}.</p>` }),
  fraction: ({ words, random }) => {
    const [whole, above, below] = [2 + random.below(8), 1, 2 + random.below(3)];
    return { html: `<p>${words(5)} <span data-typed="${whole} ${above}/${below}">${whole}<sup>${above}</sup>/<sub>${below}</sub></span> ${words(5)}.</p>` };
  },
  "fraction in a formula": ({ words, random }) => {
    const below = 2 + random.below(3);
    return { html: `<p>${words(5)} <math data-typed="1/${below}"><mfrac><mn>1</mn><mn>${below}</mn></mfrac></math> ${words(5)}.</p>` };
  },
  "power in a formula": ({ words, random }) => {
    const above = 2 + random.below(8);
    return { html: `<p>${words(5)} <math data-typed="2^${above}"><msup><mn>2</mn><mn>${above}</mn></msup></math> ${words(5)}.</p>` };
  },
  "formula twice": ({ words, number, random }) => {
    const [n, katex] = [number().replace(/[.,]/g, ""), random.odds(0.5)];
    const made = katex
      ? `<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mn>${n}</mn></mrow><annotation encoding="application/x-tex">${n}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span class="mord">${n}</span></span></span>`
      : `<span class="MathJax_Preview"></span><span class="MathJax"><nobr aria-hidden="true"><span class="math">${n}</span></nobr><span class="MJX_Assistive_MathML"><math><mn>${n}</mn></math></span></span>`;
    const css = ".katex-mathml, .MJX_Assistive_MathML { position: absolute; clip: rect(1px, 1px, 1px, 1px); width: 1px; height: 1px; overflow: hidden; padding: 0; border: 0 }";
    return { html: `<p>${words(5)} ${made} ${words(5)}.</p>`, css };
  },

  reference: ({ words, number, random }) => {
    const [html, typed] = random.one(REFERENCES)(1 + random.below(9));
    const before = random.odds(0.5) ? number() : words(1);
    return { html: `<p>${words(5)} ${before}<span data-is="ref" data-typed="${typed}">${html}</span> ${words(5)}.</p>` };
  },

  struck: ({ words, number, random, at }) => {
    const [open, close, css] = random.one([
      ["<del>", "</del>"],
      ["<s>", "</s>"],
      ["<strike>", "</strike>"],
      ['<span style="text-decoration: line-through">', "</span>"],
      [`<span class="st${at}">`, "</span>", `.st${at} { text-decoration: line-through }`],
      [`<span class="st${at}">`, "</span>", `.st${at} { text-decoration: 2px dotted line-through red }`],
      [`<s class="st${at}">`, "</s>", `.st${at} { text-decoration-color: red }`],
    ]);
    const [was, is] = random.odds(0.5) ? [number(), number()] : [words(2), words(2)];
    return { html: `<p>${words(5)} ${open}${was}${close}${random.odds(0.5) ? "" : " "}<ins>${is}</ins> ${words(5)}.</p>`, css };
  },

  "struck by name alone": ({ words, at }) => ({ html: `<p>${words(5)} <s class="st${at}">${words(2)}</s> ${words(5)}.</p>`, css: `.st${at} { text-decoration: none }` }),

  list: ({ words, random, at }) => {
    const item = (n, more = "") => `<li data-li="${at}-${n}"${more}>${words(6)}.</li>`;
    const attributes = [random.one(NUMBERINGS)];
    if (random.odds(0.5)) attributes.push(`start="${2 + random.below(30)}"`);
    if (random.odds(0.25)) attributes.push("reversed");
    const value = random.odds(0.3) ? ` value="${3 + random.below(40)}"` : "";
    return { html: `<ol ${attributes.join(" ")}>${item(1)}${item(2, value)}${item(3)}</ol>` };
  },
  "list in a list": ({ words, random, at }) => {
    const item = (n, inner = "") => `<li data-li="${at}-${n}">${words(5)}${inner}</li>`;
    const inner = `<ol ${random.one(NUMBERINGS)} start="${1 + random.below(4)}">${item(11)}${item(12)}</ol>`;
    return { html: `<ol ${random.one(NUMBERINGS)}>${item(1)}${item(2, inner)}${item(3)}</ol>` };
  },
  "list with counters": ({ words, random, at }) => {
    const [open, close] = random.one([["(", ") "], ["§ ", " "], ["", ". "], ["[", "] "]]);
    const css = `ol.k${at} { counter-reset: k${at} ${random.below(30)}; list-style: none } ol.k${at} > li { counter-increment: k${at} } ol.k${at} > li::before { content: "${open}" counter(k${at}) "${close}" }`;
    return { html: `<ol class="k${at}">${[1, 2, 3].map((n) => `<li data-li="${at}-${n}">${words(6)}.</li>`).join("")}</ol>`, css };
  },
  "list with counters of all levels": ({ words, random, at }) => {
    const item = (n, inner = "") => `<li data-li="${at}-${n}">${words(5)}.${inner}</li>`;
    const sign = random.one([".", "-", ":"]);
    const css = `.m${at}, .m${at} ol { counter-reset: m${at}; list-style: none } .m${at} li::before { counter-increment: m${at}; content: counters(m${at}, "${sign}") ". " }`;
    return { html: `<ol class="m${at}">${item(1)}${item(2, `<ol>${item(21)}${item(22)}</ol>`)}${item(3)}</ol>`, css };
  },
  "list by class": ({ words, random, at }) => {
    const style = random.one(["lower-alpha", "upper-roman", "decimal", "none", "disc"]);
    return { html: `<ol class="l${at}">${[1, 2, 3].map((n) => `<li data-li="${at}-${n}">${words(6)}.</li>`).join("")}</ol>`, css: `.l${at} { list-style-type: ${style} }` };
  },
  "list of marks": ({ words, at }) => ({ html: `<ul>${[1, 2, 3].map((n) => `<li data-li="${at}-${n}">${words(6)}.</li>`).join("")}</ul>` }),

  "no text": ({ words, random }) => {
    const inside = random.one([
      (text) => `<template><p>${text}</p></template>`,
      (text) => `<dialog><p>${text}</p></dialog>`,
      (text) => `<select><option>${text}</option></select>`,
      (text) => `<script type="text/plain">${text}</script>`,
      (text) => `<datalist><option>${text}</option></datalist>`,
    ]);
    return { html: `<p>${words(6)}.</p>${inside(words(4))}<p>${words(6)}.</p>` };
  },
  "seen in what is hidden": ({ words }) => ({ html: `<div style="visibility:hidden">${words(4)} <span style="visibility:visible">${words(6)}</span> ${words(3)}</div>` }),
  "said twice": ({ words, number }) => {
    const css = ".sr-only{position:absolute;width:1px;height:1px;padding:0;margin:-1px;overflow:hidden;clip:rect(0,0,0,0);white-space:nowrap;border:0}";
    return { html: `<p>${words(4)} <span aria-hidden="true">${number()} %</span><span class="sr-only">${words(3)}</span> ${words(4)}.</p>`, css };
  },

  table: ({ words, number, random }) => {
    const row = () => `<tr><td>${words(2)}</td><td>${number()}</td><td>${random.odds(0.3) ? `${number()}` : words(1)}</td></tr>`;
    return { html: `<table border="1"><caption>${words(4)}</caption><tr><th>${words(1)}</th><th colspan="2">${words(1)}</th></tr>${row()}${row()}${row()}</table>` };
  },
  "table without a row": ({ words, number, at }) => ({
    html: `<table border="1"><tr><td>${words(2)}</td><td>${number()}</td></tr><tr class="r${at}"><td>${words(2)}</td><td>${number()}</td></tr><tr><td>${words(2)}</td><td>${number()}</td></tr></table>`,
    css: `.r${at} { display: none }`,
  }),

  "table with heads of rows": ({ words, number, word }) => {
    const row = () => `<tr><th scope="row">${words(2)}</th><td>${number()}</td><td>${word()}</td></tr>`;
    return { html: `<table border="1">${row()}${row()}${row()}</table>` };
  },
  "table with lines in its cells": ({ words, number, word }) => {
    const row = () => `<tr><td>${words(2)}<br>${words(2)}</td><td>${number()}<br><br>${word()}</td></tr>`;
    return { html: `<table border="1">${row()}${row()}</table>` };
  },

  picture: ({ words, random }) => {
    const shown = 'src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" width="20" height="20"';
    const alt = random.odds(0.7) ? ` alt="${words(2)}"` : "";
    return { html: `<p>${words(5)} <img ${shown}${alt}> ${words(5)}.</p>` };
  },
  "clear in what is clear": ({ words }) => ({ html: `<p>${words(5)} <span style="opacity:0">${words(1)} <b style="opacity:1">${words(2)}</b></span> ${words(5)}.</p>` }),
  closed: ({ words }) => ({ html: `<details><summary>${words(4)}</summary><p>${words(6)}.</p></details>` }),

  ruby: ({ words, word, random }) => {
    const rp = random.odds(0.5);
    const ruby = () => `<ruby>${word()}${rp ? "<rp>(</rp>" : ""}<rt>${word()}</rt>${rp ? "<rp>)</rp>" : ""}</ruby>`;
    return { html: `<p>${words(4)} ${ruby()} ${words(2)} ${ruby()} ${words(4)}.</p>` };
  },

  "parted by style": ({ words, random, at }) => {
    const css = random.one(["display:block", "display:list-item", "display:table-cell; padding: 0 9px", "float:left; margin-right: 9px", "display:flex"]);
    const [first, second, third] = [words(3), words(3), words(3)];
    return random.odds(0.5)
      ? { html: `<p><span style="${css}">${first}</span><span style="${css}">${second}</span><span style="${css}">${third}</span></p>` }
      : { html: `<p><span class="b${at}">${first}</span><span class="b${at}">${second}</span><span class="b${at}">${third}</span></p>`, css: `.b${at} { ${css} }` };
  },
  "parted by the parent": ({ words, random, at }) => {
    const css = random.one(["display: flex; gap: 20px", "display: grid", "display: inline-flex; gap: 20px"]);
    return { html: `<div class="f${at}"><span>${words(3)}</span><span>${words(3)}</span><span>${words(3)}</span></div>`, css: `.f${at} { ${css} }` };
  },
  "one word of several": ({ words, word, random }) => {
    const [one, n] = [word(), 100 + random.below(900)];
    return { html: `<p>${words(3)} ${one.slice(0, 2)}<b>${one.slice(2)}</b> ${words(2)} ${String(n)[0]}<i>${String(n).slice(1)}</i> ${words(3)}.</p>` };
  },

  "shadow root": ({ words }) => ({
    html: `<x-card><template shadowrootmode="open"><style>p { margin: 5px }</style><p>${words(4)} <slot name="a">${words(2)}</slot> ${words(3)}.</p><slot></slot></template><b slot="a">${words(2)}</b><p>${words(5)}.</p><i slot="nowhere">${words(2)}</i></x-card>`,
  }),
  "shadow root with what stands in its slots": ({ words }) => ({
    html: `<x-card><template shadowrootmode="open"><p>${words(4)} <slot name="a">${words(3)}</slot> ${words(3)}.</p></template>${words(3)}</x-card>`,
  }),
  drawing: ({ words, number }) => ({
    html: `<svg width="500" height="90"><text x="5" y="20">${words(4)}</text><text x="5" y="50">${words(2)} <tspan>${number()} ${words(1)}</tspan></text><desc>${words(3)}</desc></svg>`,
  }),
  opened: ({ words }) => ({ html: `<details open><summary>${words(4)}</summary><p>${words(6)}.</p></details>` }),
};

// One kind for each means of hiding, so that what fails has a name.
for (const [name, [attributes, css = ""]] of Object.entries(HIDING)) {
  KINDS[`hidden: ${name}`] = ({ words, number, random, at }) => {
    const inside = random.one([() => `${words(2)} `, () => String(1 + random.below(9)), () => `${random.one(NEGATIONS)} `])();
    const behind = /\d$/.test(inside) ? number() : words(1);
    const own = (text) => text.replaceAll("#", String(at));
    // `#i#` in a rule is an id: the first sign stays
    const rule = css.replace(/#i#/g, `\u0000i${at}`).replaceAll("#", String(at)).replaceAll("\u0000", "#");
    return { html: `<p>${words(5)} <span ${own(attributes)}>${inside}</span>${behind} ${words(5)}.</p>`, css: rule };
  };
}

for (const [name, [attributes, css = ""]] of Object.entries(SHUT)) {
  KINDS[`shut: ${name}`] = ({ words, at }) => {
    const own = (text) => text.replaceAll("#", String(at));
    return { html: `<p>${words(5)}.</p><div ${own(attributes)}><p>${words(6)}.</p></div><p>${words(5)}.</p>`, css: own(css) };
  };
}

export const ALL_KINDS = Object.keys(KINDS);
