/* Where a link leads, before it is followed: the note or passage, beside the link that is pointed at or has the focus.

   On its own page a note is lit where it stands, and shown beside the link only where it is out of sight. Notes of other pages come from
   one small script a source, loaded when it is first asked for: from a disk a page may load nothing else. */
(() => {
  "use strict";
  const WAIT = 220;
  const known = new Map();
  const waiting = new Map();
  let card;
  let from;
  let timer;
  let lit = [];

  /** Called by the scripts in previews/. */
  window.casebookPreviews = (source, notes) => {
    known.set(source, new Map(notes.map((note) => [note.id, note])));
    waiting.get(source)?.();
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = event.target.closest?.("a[href*='#']");
    if (link) soon(link);
    else if (!event.target.closest?.(".preview")) later();
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (link?.matches(":focus-visible")) soon(link);
    else hide();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("click", () => hide());
  addEventListener("scroll", () => card && !card.matches(":hover") && !from.matches(":focus, :hover") && hide(), { passive: true });

  function soon(link) {
    if (link === from) return clearTimeout(timer);
    clearTimeout(timer);
    timer = setTimeout(() => show(link), WAIT);
  }

  function later() {
    clearTimeout(timer);
    if (from) timer = setTimeout(hide, WAIT);
  }

  function hide() {
    clearTimeout(timer);
    card?.remove();
    from?.removeAttribute("aria-describedby");
    for (const element of lit) element.classList.remove("lit");
    card = from = undefined;
    lit = [];
  }

  async function show(link) {
    hide();
    const target = leadsTo(link);
    if (!target) return;
    from = link;
    const content = target.here ? ofThisPage(target, link) : ofAnother(await ask(target), target);
    if (!content || from !== link) return;
    card = document.createElement("div");
    card.className = "preview";
    card.id = "s-preview";
    card.setAttribute("role", "tooltip");
    card.append(...content);
    document.body.append(card);
    link.setAttribute("aria-describedby", card.id);
    beside(link);
  }

  /** The source and the note that a link names: `sources/ID.html#n-NOTE`, or `#m-NOTE` for its passage. */
  function leadsTo(link) {
    const [address, hash] = link.href.split("#");
    let fragment;
    try {
      fragment = decodeURIComponent(hash);
    } catch {
      return null;
    }
    if (address === location.href.split("#")[0]) return { here: true, element: document.getElementById(fragment), fragment };
    const source = address.match(/\/sources\/([^/]+?)(\.html)?$/);
    const note = fragment.match(/^[nm]-(.+)$/);
    return source && note ? { source: decodeURIComponent(source[1]), note: note[1], script: new URL(`../previews/${source[1]}.js`, address).href } : null;
  }

  function ofThisPage({ element, fragment }, link) {
    if (!element || !/^[nmqe]-/.test(fragment)) return null;
    const number = fragment.startsWith("m-") ? element.dataset.n : undefined;
    const pieces = number ? [...document.querySelectorAll(`mark[data-n~="${CSS.escape(number)}"]`)] : [element];
    if (pieces.some(inSight)) {
      lit = pieces;
      for (const piece of pieces) piece.classList.add("lit");
      return null;
    }
    // Under their paragraph, notes are one tap away; a card would only cover them.
    if (link.closest("summary")) return null;
    if (fragment.startsWith("n-")) return [title(words(element.querySelector(".note-title")), element.querySelector(".note-head .sign")?.textContent, kindOf(element)), paragraph(comment(element))];
    const text = pieces.map((piece) => words(piece)).join(" ");
    return text ? [paragraph(text, "words")] : null;
  }

  const kindOf = (element) => [...element.classList].find((name) => /^(comment|fact|context|question|correction|doubt|translation)$/.test(name));
  const comment = (note) => [...note.children].filter((child) => !child.matches(".note-head, .note-title, .meta, .quotation")).map(words).join(" ");

  function words(element) {
    const copy = element?.cloneNode(true);
    copy?.querySelectorAll(".vh, .ref").forEach((hidden) => hidden.remove());
    return copy?.textContent.replace(/\s+/g, " ").trim() ?? "";
  }

  /** To be seen now, and whole: not folded away, not under a paragraph. */
  function inSight(element) {
    const box = element.getBoundingClientRect();
    return element.checkVisibility() && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  }

  function ofAnother(notes, { note: id }) {
    const note = notes?.get(id);
    if (!note) return null;
    const content = [title(note.title, note.sign, note.kind, note.number ? `${note.siglum} ${note.number}` : note.siglum)];
    if (note.words) content.push(paragraph(note.words, "words"));
    if (note.comment) content.push(paragraph(note.comment));
    return content;
  }

  function ask({ source, script }) {
    if (known.has(source) || waiting.has(source)) return known.get(source);
    return new Promise((done) => {
      waiting.set(source, () => done(known.get(source)));
      const element = document.createElement("script");
      element.src = script;
      // A source without notes has no such script; nothing is shown then.
      element.addEventListener("error", () => done());
      document.head.append(element);
    });
  }

  function title(text, sign, kind, place) {
    const line = document.createElement("p");
    line.className = `preview-title ${kind ?? ""}`;
    if (place) line.append(part("b", place, "sig"), " ");
    if (sign) line.append(part("span", sign, `sign ${kind ?? ""}`), " ");
    line.append(part("i", text));
    return line;
  }

  const paragraph = (text, name = "") => part("p", text, name);

  function part(name, text, className = "") {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className.trim();
    return element;
  }

  /** Under the link, or over it where there is no room, and within the window. */
  function beside(link) {
    const place = link.getClientRects()[0];
    const box = card.getBoundingClientRect();
    const left = Math.min(Math.max(place.left, 8), document.documentElement.clientWidth - box.width - 8);
    const under = place.bottom + 6;
    const over = place.top - box.height - 6;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(under + box.height > innerHeight && over > 0 ? over : under) + scrollY}px`;
  }
})();
