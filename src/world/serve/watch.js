/* The page beside the editor: it reloads where it was read, shows what changed, and says what is wrong. Served by `casebook watch`, never published.
   Everything that it shows is put there as text. */
(() => {
  "use strict";
  const told = document.currentScript.dataset;
  const memory = "casebook-watch " + location.pathname;
  const make = (name, kind, text) => {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const sheet = () => {
    const link = make("link");
    link.rel = "stylesheet";
    link.href = "/~casebook/watch.css";
    return link;
  };

  /* ==== The reader's place ==== */

  const blocks = () => [...document.querySelectorAll("main :is(p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, blockquote, pre, summary, figcaption)")];
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

  const keepPlace = () => {
    const all = blocks();
    const first = all.find((block) => block.getClientRects().length && block.getBoundingClientRect().bottom > 0);
    const named = first && first.closest("[id]");
    const place = {
      texts: all.map(words),
      scroll: scrollY,
      text: first ? words(first) : "",
      top: first ? first.getBoundingClientRect().top : 0,
      id: named ? named.id : "",
      idTop: named ? named.getBoundingClientRect().top : 0,
      open: [...document.querySelectorAll("main details")].map((details) => details.open),
    };
    try {
      sessionStorage.setItem(memory, JSON.stringify(place));
    } catch {
      // without a memory the page begins at its top
    }
  };

  const takePlace = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(memory));
      sessionStorage.removeItem(memory);
    } catch {
      // a memory that is damaged, or none
    }
    if (!place) return;
    const details = [...document.querySelectorAll("main details")];
    if (details.length === place.open.length) details.forEach((one, i) => (one.open = place.open[i]));
    const scroll = () => {
      const same = blocks().filter((block) => place.text && block.getClientRects().length && words(block) === place.text);
      const distance = (block) => Math.abs(block.getBoundingClientRect().top + scrollY - place.scroll - place.top);
      const nearest = same.sort((a, b) => distance(a) - distance(b))[0];
      const named = place.id && document.getElementById(place.id);
      if (nearest) scrollBy({ top: nearest.getBoundingClientRect().top - place.top, behavior: "instant" });
      else if (named) scrollBy({ top: named.getBoundingClientRect().top - place.idTop, behavior: "instant" });
      else scrollTo({ top: place.scroll, behavior: "instant" });
    };
    scrollTo({ top: place.scroll, behavior: "instant" });
    scroll();
    addEventListener("load", scroll, { once: true });
    flash(place.texts);
  };

  /** What was not there before, or has other words now. */
  const flash = (before) => {
    const left = new Map();
    for (const text of before) left.set(text, (left.get(text) || 0) + 1);
    const fresh = blocks().filter((block) => {
      const text = words(block);
      const count = left.get(text) || 0;
      left.set(text, count - 1);
      return text && count <= 0;
    });
    // a page that is wholly new has not changed; a list item that holds a changed paragraph is not shown twice
    if (fresh.length > before.length / 2 && fresh.length > 3) return;
    const inner = fresh.filter((block) => !fresh.some((other) => other !== block && block.contains(other)));
    for (const block of inner) {
      block.classList.add("casebook-changed");
      setTimeout(() => block.classList.remove("casebook-changed"), 2500);
    }
  };

  const reload = () => {
    keepPlace();
    history.scrollRestoration = "manual";
    location.reload();
  };

  const swapSheet = (address) => {
    const old = [...document.querySelectorAll("link[rel=stylesheet]")].find((link) => new URL(link.href).pathname === told.sheet);
    if (!old) return reload();
    const link = old.cloneNode();
    link.href = address;
    // the old one goes when the new one is there, so that the page is never without
    link.addEventListener("load", () => old.remove(), { once: true });
    link.addEventListener("error", () => link.remove(), { once: true });
    old.after(link);
    told.sheet = address;
  };

  /* ==== What is wrong ==== */

  const host = make("casebook-watch");
  const shadow = host.attachShadow({ mode: "open" });
  const panel = make("section", "panel");
  panel.setAttribute("role", "status");
  panel.hidden = true;
  const views = make("nav", "views");
  const gone = make("p", "gone", "casebook has ended");
  gone.setAttribute("role", "status");
  const dock = make("div", "dock");
  dock.append(views, gone, panel);
  shadow.append(sheet(), dock);
  // what lies at the page's end can be scrolled out from under it
  const height = () => Math.ceil(dock.getBoundingClientRect().height) + "px";
  new ResizeObserver(() => document.documentElement.style.setProperty("--casebook-dock", height())).observe(dock);
  let folded = false;
  let last = null;

  /** A text with its `names` set off. */
  const said = (element, text) => {
    const parts = text.split("`");
    if (parts.length % 2 === 0) element.append(text);
    else element.append(...parts.map((part, i) => (i % 2 ? make("code", "", part) : part)));
    return element;
  };

  /** What to do: a sentence, and the lines that it speaks of. */
  const remedy = (help) => {
    const [sentence, ...lines] = help.split("\n");
    const all = [said(make("p", "help"), sentence)];
    if (lines.length) {
      const block = make("pre", "line");
      const kind = (line) => ({ "-": "taken", "+": "added" })[line[0]];
      lines.forEach((line, i) => block.append(i ? "\n" : "", make("span", kind(line), line)));
      all.push(block);
    }
    return all;
  };

  const openable = (place, text) => {
    if (!place || !place.href) return make("span", "place", text);
    const link = make("a", "place", text);
    link.href = place.href;
    return link;
  };

  const at = (place) => `${place.path}:${place.line}:${place.column}`;

  const prefix = () => (told.view === "everything" ? "/~everything/" : "/");

  const mistake = (one) => {
    const item = make("li", "mistake " + one.severity);
    const head = make("p", "head");
    head.append(make("b", "severity", one.severity), one.code ? make("code", "code", one.code) : "", said(make("span", "message"), one.message));
    item.append(head);
    if (one.place) {
      const where = make("p", "where");
      where.append(openable(one.place, at(one.place)));
      if (one.page) {
        const link = make("a", "page", "show the note");
        link.href = prefix() + one.page;
        where.append(" ", link);
      }
      item.append(where);
      if (one.place.text) item.append(make("pre", "line", one.place.text));
    }
    for (const help of one.help) item.append(...remedy(help));
    for (const place of one.related) {
      const where = make("p", "where");
      where.append(place.label ? place.label + ": " : "", openable(place, at(place)));
      item.append(where, make("pre", "line", place.text));
    }
    return item;
  };

  const counted = (counts) => {
    const each = ["error", "warning", "hint"].filter((name) => counts[name]);
    return each.map((name) => `${counts[name]} ${name}${counts[name] === 1 ? "" : "s"}`).join(", ");
  };

  const showReport = (report) => {
    if (last && !last.held && report.held) folded = false;
    last = report;
    panel.replaceChildren();
    panel.classList.toggle("held", report.held);
    const grave = report.mistakes.filter((one) => one.severity !== "hint");
    panel.hidden = !grave.length && !report.held;
    if (!panel.hidden) {
      const bar = make("button", "bar", counted(report.counts) + (report.held ? " — the pages are those of the last good build" : ""));
      bar.type = "button";
      const list = make("ol", "mistakes");
      list.append(...report.mistakes.map(mistake));
      if (report.more) list.append(make("li", "more", `${report.more} more stand in the terminal`));
      const fold = (close) => {
        folded = close;
        list.hidden = close;
        bar.setAttribute("aria-expanded", String(!close));
      };
      bar.addEventListener("click", () => fold(!list.hidden));
      // warnings hold nothing back, so they wait to be asked
      fold(folded || !report.held);
      panel.append(bar, list);
    }
    markNotes(grave);
  };

  /** Beside the passage: the notes of this page that have mistakes. */
  const markNotes = (mistakes) => {
    for (const old of document.querySelectorAll(".casebook-mistake-words")) old.remove();
    for (const old of document.querySelectorAll(".casebook-mistake")) old.classList.remove("casebook-mistake");
    for (const one of mistakes) {
      const [page, id] = (one.page || "").split("#");
      const note = page && decodeURIComponent(page) === decodeURIComponent(told.page) && document.getElementById(decodeURIComponent(id));
      if (!note) continue;
      note.classList.add("casebook-mistake");
      note.append(said(make("p", "casebook-mistake-words"), one.message));
    }
    // notes in the margin make room for what is longer now
    document.dispatchEvent(new Event("casebook:arrange"));
  };

  const showViews = () => {
    if (!told.other) return;
    const everything = told.view === "everything";
    const link = make("a", "switch", everything ? "show what is published" : "show drafts and private notes too");
    link.href = told.other;
    views.append(make("span", "now", everything ? "with drafts and private notes" : "as published"), link);
  };

  /* ==== The line to the server ==== */

  let source = null;
  let retry = 0;

  const listen = () => {
    if (source || document.hidden) return;
    const query = ["run", "view", "page", "version", "sheet"].map((name) => `${name}=${encodeURIComponent(told[name])}`).join("&");
    source = new EventSource("/~casebook/events?" + query);
    source.addEventListener("open", () => host.classList.remove("alone"));
    source.addEventListener("report", (event) => showReport(JSON.parse(event.data)));
    source.addEventListener("page", (event) => {
      const news = JSON.parse(event.data);
      if (news.do === "sheet") swapSheet(news.sheet);
      else reload();
    });
    source.addEventListener("error", () => {
      // whether it is gone or was begun anew: only a page that is loaded again knows the new run's secret
      host.classList.add("alone");
      hush();
      clearTimeout(retry);
      retry = setTimeout(wait, 500);
    });
  };

  const hush = () => {
    if (source) source.close();
    source = null;
  };

  const wait = async () => {
    try {
      await fetch(location.href, { method: "HEAD", cache: "no-store" });
      reload();
    } catch {
      retry = setTimeout(wait, 1000);
    }
  };

  // A browser opens six lines to one server: pages that nobody looks at give theirs back.
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  addEventListener("pagehide", hush);
  addEventListener("pageshow", listen);

  document.head.append(sheet());
  document.body.append(host);
  showViews();
  takePlace();
  listen();
})();
