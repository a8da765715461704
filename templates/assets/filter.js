/* The notes of a source by kind and topic. What is filtered out leaves the margin, and its mark the text; nothing is loaded or lost. */
(() => {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    const bar = document.querySelector(".filter");
    if (!bar) return;
    const kinds = [...bar.querySelectorAll("button[data-kind]")];
    const topic = bar.querySelector("select");
    const told = bar.querySelector("output");
    const notes = [...document.querySelectorAll("main .note")];

    const apply = () => {
      const chosen = kinds.filter((button) => button.ariaPressed === "true").map((button) => button.dataset.kind);
      const about = topic?.value ?? "";
      for (const note of notes) note.hidden = !fits(note, chosen, about);
      const hidden = new Set(notes.filter((note) => note.hidden).map((note) => note.querySelector(".back")?.dataset.n));
      for (const mark of document.querySelectorAll(".annotated :is(mark, .ref)[data-n]")) mark.classList.toggle("out", hidden.has(mark.dataset.n));
      document.querySelectorAll("details.notes").forEach(summarise);
      document.querySelectorAll(".within a").forEach((entry) => count(entry, notes));
      const left = notes.filter((note) => !note.hidden).length;
      told.textContent = left === notes.length ? "" : told.dataset.words.replace("{n}", left).replace("{of}", notes.length);
      document.dispatchEvent(new Event("casebook:arrange"));
    };

    for (const button of kinds) {
      button.addEventListener("click", () => {
        button.ariaPressed = String(button.ariaPressed !== "true");
        apply();
      });
    }
    topic?.addEventListener("change", apply);
    // A link to a note that is filtered out brings it back.
    addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target?.matches(".note[hidden], .out")) return;
      for (const button of kinds) button.ariaPressed = "false";
      if (topic) topic.value = "";
      apply();
      target.scrollIntoView();
    });
    // What a browser has kept from before a reload.
    if (topic?.value) apply();
  });

  const fits = (note, kinds, topic) =>
    (!kinds.length || kinds.some((kind) => note.classList.contains(kind))) && (!topic || [...note.querySelectorAll(".meta a")].some((link) => link.getAttribute("href") === topic));

  /** The line that stands for the notes of a paragraph where it is narrow. */
  function summarise(details) {
    const notes = [...details.querySelectorAll(".note")];
    const numbers = details.querySelectorAll("summary b");
    notes.forEach((note, i) => numbers[i] && (numbers[i].hidden = note.hidden));
    details.querySelector("summary span").hidden = notes.some((note) => note.hidden);
    details.hidden = notes.every((note) => note.hidden);
  }

  /** The signs of the notes under a heading, in the list of headings. */
  function count(entry, notes) {
    const heading = document.getElementById(decodeURIComponent(entry.hash.slice(1)));
    const entries = [...document.querySelectorAll(".within a")];
    const next = entries[entries.indexOf(entry) + 1];
    const end = next && document.getElementById(decodeURIComponent(next.hash.slice(1)));
    if (!heading) return;
    const after = (a, b) => Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
    const own = notes.filter((note) => after(heading, note) && (!end || after(note, end)));
    entry.querySelectorAll(".signs .sign").forEach((sign, i) => own[i] && (sign.hidden = own[i].hidden));
  }
})();
