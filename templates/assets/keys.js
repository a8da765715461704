/* One key a step: j and k from note to note and from passage to passage, ? for what there is. They can be turned off, and are then
   silent everywhere; whoever writes into a field, or holds another key, is left alone. The / is kept for a search. */
(() => {
  "use strict";
  const OFF = "casebook-keys-off";
  const remembered = {
    get: () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
    set: (off) => { try { off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* from a disk there may be no memory */ } },
  };

  document.addEventListener("DOMContentLoaded", () => {
    const help = document.getElementById("s-keys");
    if (!help) return;
    const use = help.querySelector("input");
    use.checked = !remembered.get();
    use.addEventListener("change", () => remembered.set(!use.checked));
    for (const button of document.querySelectorAll("[data-keys]")) button.addEventListener("click", () => help.showModal());
    help.querySelector("button").addEventListener("click", () => help.close());
    help.addEventListener("click", (event) => event.target === help && help.close());

    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || help.open || !use.checked) return;
      if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
      if (event.key === "?") help.showModal();
      else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
      else return;
      event.preventDefault();
    });
  });

  function step(by) {
    const stops = [...document.querySelectorAll("main :is(.note, .passage)")].filter((stop) => !stop.hidden && !stop.closest("[hidden]"));
    if (!stops.length) return;
    const here = stops.indexOf(document.activeElement?.closest(".note, .passage"));
    const next = here >= 0 ? here + by : nearest(stops, by);
    const stop = stops[Math.min(Math.max(next, 0), stops.length - 1)];
    const folded = stop.closest("details");
    if (folded && getComputedStyle(folded.querySelector("summary")).display !== "none") folded.open = true;
    stop.tabIndex = -1;
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "center" });
  }

  /** From no stop at all: the first one in sight, or the last one above it. */
  function nearest(stops, by) {
    const below = stops.findIndex((stop) => stop.getBoundingClientRect().top > 0);
    if (below < 0) return stops.length - 1;
    return by > 0 ? below : below - 1;
  }
})();
