/* Notes in the margin, each as near to its passage as the others let it be.

   The stylesheet alone hangs a note beside its passage, or under the note before it, so a dense page pushes its notes further and further down.
   Here they share the pressure: above and below their passages, so that the sum of the squared distances is least. Where that is still too far,
   the longest comments of the crowd are folded, and open when they are pointed at. Without this file the page reads as well; so it does
   on paper, and where it is narrow. */
(() => {
  "use strict";
  const GAP = 14;
  /** How far from its passage a note may stand before comments are folded, in pixels: the eye finds the one from the other. */
  const FAR = 220;

  const wide = matchMedia("screen and (min-width: 68.75em)");
  // Where a closed `details` cannot be made to show what it holds, notes stay under their paragraphs.
  if (!CSS.supports("selector(::details-content)")) return;
  // Notes are drawn once they have their places, and not before: nothing is seen to move.
  document.documentElement.classList.add("hung", "placing");

  document.addEventListener("DOMContentLoaded", () => {
    const text = document.querySelector(".annotated");
    const ready = () => document.documentElement.classList.remove("placing");
    if (!text) return ready();
    let last = "";
    const arrange = () => {
      try {
        if (wide.matches) place(text);
      } finally {
        ready();
        last = measure(text);
      }
    };
    arrange();
    // A finger does not hover: what it touches takes the focus, and so opens.
    text.addEventListener("click", (event) => event.target.closest(".folded:not(:focus-within)")?.focus({ preventScroll: true }));
    // Widths change, pictures arrive, letters grow; what follows from our own doing is no reason to begin again.
    new ResizeObserver(() => measure(text) !== last && arrange()).observe(text.querySelector(".para") ?? text);
    new ResizeObserver(() => measure(text) !== last && arrange()).observe(text);
    wide.addEventListener("change", arrange);
    addEventListener("load", () => measure(text) !== last && arrange());
    document.addEventListener("casebook:arrange", arrange);
    document.fonts?.ready.then(() => measure(text) !== last && arrange());
  });

  const measure = (text) => `${wide.matches} ${text.offsetWidth} ${depth(text)}`;

  /** Where the text ends, whatever hangs beside it. */
  function depth(text) {
    const blocks = text.querySelectorAll(".para > :not(.notes)");
    const end = blocks[blocks.length - 1];
    return end ? Math.round(end.getBoundingClientRect().bottom - text.getBoundingClientRect().top) : 0;
  }

  function place(text) {
    const top = text.getBoundingClientRect().top;
    const notes = [];
    for (const element of text.querySelectorAll(".note")) {
      element.classList.remove("folded");
      const number = document.getElementById(element.id.replace(/^n-/, "m-")) && text.querySelector(`.ref[href="#${CSS.escape(element.id)}"]`);
      const box = element.getBoundingClientRect();
      if (!box.height || !number) continue;
      notes.push({ element, height: box.height, wish: number.getClientRects()[0].top - top });
    }
    notes.sort((a, b) => a.wish - b.wish);
    const room = Math.max(depth(text), bottom(text) - top);
    fold(notes, room);
    const tops = settle(notes, room);
    notes.forEach((note, i) => note.element.style.setProperty("--top", `${tops[i].toFixed(1)}px`));
    const end = notes.length ? tops[notes.length - 1] + notes[notes.length - 1].height : 0;
    text.style.setProperty("--end", end > room ? `${Math.ceil(end)}px` : "auto");
  }

  /** What follows the text leaves its margin free as well. */
  function bottom(text) {
    const after = text.parentElement.querySelector(".after");
    return after ? after.getBoundingClientRect().bottom : 0;
  }

  /**
   * The places of notes in their order, none over another, by least squares. With the heights above each note taken off, "none over another" becomes
   * "none smaller than the one before", and neighbours that are in each other's way settle at their mean.
   */
  function settle(notes, room) {
    let above = 0;
    const heaps = [];
    const offsets = notes.map((note) => {
      const offset = above;
      above += note.height + GAP;
      heaps.push({ sum: note.wish - offset, count: 1 });
      while (heaps.length > 1 && mean(heaps.at(-2)) >= mean(heaps.at(-1))) {
        const heap = heaps.pop();
        heaps.at(-1).sum += heap.sum;
        heaps.at(-1).count += heap.count;
      }
      return offset;
    });
    const lowest = Math.max(0, room - (above - GAP));
    const tops = [];
    for (const heap of heaps) {
      const start = Math.min(Math.max(mean(heap), 0), lowest);
      for (let i = 0; i < heap.count; i += 1) tops.push(start + offsets[tops.length]);
    }
    return tops;
  }

  const mean = (heap) => heap.sum / heap.count;

  /** Folds the longest comments of a crowd until every note stands within reach of its passage, or there is nothing left to fold. */
  function fold(notes, room) {
    for (let round = 0; round < 40; round += 1) {
      const tops = settle(notes, room);
      const away = notes.map((note, i) => Math.abs(tops[i] - note.wish));
      const worst = away.indexOf(Math.max(...away));
      if (worst < 0 || away[worst] <= FAR) return;
      // The crowd: who stands close to whom, around the one that is furthest off.
      let first = worst;
      let last = worst;
      while (first > 0 && tops[first] - (tops[first - 1] + notes[first - 1].height) < GAP + 1) first -= 1;
      while (last < notes.length - 1 && tops[last + 1] - (tops[last] + notes[last].height) < GAP + 1) last += 1;
      const crowd = notes.slice(first, last + 1).filter((note) => !note.folded);
      crowd.sort((a, b) => b.height - a.height);
      const chosen = crowd.slice(0, Math.max(1, Math.ceil(crowd.length / 6)));
      let gained = false;
      for (const note of chosen) {
        note.folded = true;
        note.element.classList.add("folded");
        note.element.tabIndex = -1;
        const height = note.element.getBoundingClientRect().height;
        if (height < note.height - 12) gained = true;
        else note.element.classList.remove("folded");
        note.height = note.element.getBoundingClientRect().height;
      }
      if (!gained && crowd.length <= chosen.length) return;
    }
  }
})();
