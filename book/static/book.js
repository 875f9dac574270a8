// The buttons of the page's head; what changes on paper; and the interactive chart, drawn in the place of its picture, when a pointer, a finger or the keyboard turns to it.
// One local script serves the whole site; a reader who only looks never loads it.
(() => {
  const ours = document.currentScript.src;
  const beside = (name) => new URL(name, ours).href;
  let bundle;
  const load = () => bundle ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = beside("vega-bundle.js");
    script.onload = resolve;
    script.onerror = () => reject(new Error("the chart script did not load"));
    document.head.append(script);
  });
  // Styles choose the picture by the width of the column; the chart follows them.
  const isNarrow = (box) => getComputedStyle(box.querySelector(".narrow")).display !== "none";
  function specOf(box, narrow) {
    const [wide, differs] = [...box.querySelectorAll(":scope > script")].map((script) => JSON.parse(script.textContent));
    return narrow ? Object.fromEntries(Object.entries({ ...wide, ...differs }).filter(([, value]) => value !== null)) : wide;
  }
  function backToPicture(box) {
    box.querySelector(".stage").remove();
    box.querySelector(".picture").hidden = false;
    box.dataset.live = "";
  }
  addEventListener("resize", () => {
    for (const box of document.querySelectorAll(".gwr-chart[data-live=narrow], .gwr-chart[data-live=wide]"))
      if (isNarrow(box) !== (box.dataset.live === "narrow")) backToPicture(box);
  });
  async function enliven(box) {
    if (box.dataset.live) return;
    box.dataset.live = "loading";
    const picture = box.querySelector(".picture");
    try {
      await load();
      const stage = document.createElement("div");
      stage.className = "stage";
      picture.after(stage);
      const narrow = isNarrow(box);
      await vegaEmbed(stage, specOf(box, narrow), {
        actions: false,
        renderer: "svg",
        ast: true,   // interpreted, so that the page needs no permission to evaluate text
      });
      const hadFocus = document.activeElement === picture;
      picture.hidden = true;
      box.dataset.live = narrow ? "narrow" : "wide";
      if (hadFocus) { stage.tabIndex = -1; stage.focus(); }
    } catch (error) {
      box.dataset.live = "";   // the picture stays; the next touch tries again
      console.warn(error);
    }
  }
  // Maps wait in the page, or in a script of their own, until they come into the window or the page is printed.
  const waiting = new Map();
  const drawing = new Map(); // a frame -> the promise of its map
  const draw = (frame, html) => { frame.srcdoc = html; };
  window.gwrMap = (name, html) => draw(waiting.get(name), html);
  function drawMap(frame) {
    if (!drawing.has(frame)) drawing.set(frame, new Promise(done => {
      const { srcdoc, map, mapScript } = frame.dataset;
      frame.addEventListener("load", () => { if (theme !== null) bare(frame); done(); }, { once: true });
      if (srcdoc !== undefined) return draw(frame, srcdoc);
      waiting.set(map, frame);
      const script = document.createElement("script");
      script.src = mapScript;
      script.onerror = () => { drawing.delete(frame); console.warn("the map did not load"); done(); };
      document.head.append(script);
    }));
    return drawing.get(frame);
  }
  const drawAll = () => Promise.all([...document.querySelectorAll("iframe[data-srcdoc], iframe[data-map]")].map(drawMap));
  // "beforeprint" comes too late for maps never seen: the browser prints at once. For lazy pictures it waits, and for what
  // they set going; so one that no reader comes near, far above the page, calls for the maps.
  function drawMapsForPaper() {
    const picture = new Image(9, 9);
    picture.style.cssText = "position: absolute; top: -99999px";
    Object.assign(picture, { alt: "", loading: "lazy", onload: drawAll, src: beside("favicon.svg") });
    document.body.append(picture);
  }
  function watchMaps() {
    const frames = document.querySelectorAll("iframe[data-srcdoc], iframe[data-map]");
    if (!frames.length) return;
    const near = new IntersectionObserver(entries => {
      for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); drawMap(entry.target); }
    });
    for (const frame of frames) near.observe(frame);
    addEventListener("beforeprint", drawAll);
    drawMapsForPaper();
  }
  // A box that scrolls is reached by keyboard. The theme measures every box of the page when it opens, which lays out all of it,
  // so here a box is measured when it comes near the window; gwr/site/sphinx/assets.py takes the theme's part out.
  function watchBoxes() {
    const boxes = document.querySelectorAll("pre, .cell_output > .output, .pst-scrollable-table-container");
    const near = new Set();
    function measure(some) {
      const scrolls = some.map((box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight);
      some.forEach((box, at) => { if (scrolls[at]) box.tabIndex = 0; else box.removeAttribute("tabindex"); });
    }
    let soon;
    const again = () => { clearTimeout(soon); soon = setTimeout(() => measure([...near]), 300); };
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) near[isIntersecting ? "add" : "delete"](target);
      measure(entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target));
    });
    for (const box of boxes) {
      box.tabIndex = 0; // until it is measured
      seen.observe(box);
    }
    addEventListener("resize", again);
    new MutationObserver(again).observe(document.getElementById("main-content"), { subtree: true, childList: true });
  }
  // The section that is being read is marked in the contents beside the page, also without laying out the rest.
  function watchSections() {
    const links = new Map();
    for (const link of document.querySelectorAll(".page-toc a[href^='#']")) {
      const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (section) links.set(section, link);
    }
    const here = new Set();
    let marked = [];
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) here[isIntersecting ? "add" : "delete"](target);
      const last = [...links.keys()].filter((section) => here.has(section)).pop();
      for (const element of marked) element.classList.remove("active");
      marked = [];
      for (let item = links.get(last)?.parentElement; item?.matches(".page-toc li"); item = item.parentElement.closest("li"))
        marked.push(item, item.querySelector("a"));
      for (const element of marked) element.classList.add("active");
    }, { rootMargin: "0px 0px -60%" });
    for (const section of links.keys()) seen.observe(section);
  }
  const deeds = { print: () => drawAll().then(() => window.print()), fullscreen: () => window.toggleFullScreen?.() };
  // The other edition opens at the section that is being read.
  function keepPlace(link) {
    const sections = [...document.querySelectorAll("section[id]")];
    const top = (section) => section.getBoundingClientRect().top;
    // The heading one has just come to; within a long section, that section.
    const here = sections.find(section => top(section) > -80 && top(section) < innerHeight / 3)
      ?? sections.filter(section => top(section) < 0).pop();
    link.hash = location.hash || (here && scrollY > innerHeight / 3 ? here.id : "");
  }
  // A browser that keeps nothing, as from a disk, forgets.
  function remembered(name, value) {
    try { return value === undefined ? localStorage.getItem(name) : localStorage.setItem(name, value); } catch { return null; }
  }
  // The report in Chinese, in English or in both: styles show it, here the choice is kept.
  function watchReportLanguage() {
    const choices = [...document.querySelectorAll("[name=report-language]")];
    const kept = choices.find((choice) => choice.id === remembered("gwr-report-language"));
    if (kept) kept.checked = true;
    for (const choice of choices) choice.addEventListener("change", () => remembered("gwr-report-language", choice.id));
  }
  // One switch hides or shows all code of a page, and is remembered.
  function watchCode() {
    const button = document.querySelector(".gwr-code-switch");
    if (!button) return;
    const root = document.documentElement;
    const set = (hidden) => {
      root.classList.toggle("gwr-no-code", hidden);
      button.textContent = hidden ? button.dataset.show : button.dataset.hide;
      button.setAttribute("aria-pressed", hidden);
    };
    set(remembered("gwr-code") === "hidden");
    button.hidden = false;
    button.addEventListener("click", () => {
      const hidden = !root.classList.contains("gwr-no-code");
      set(hidden);
      remembered("gwr-code", hidden ? "hidden" : "shown");
    });
  }
  function start() {
    watchCode();
    watchReportLanguage();
    for (const link of document.querySelectorAll(".gwr-language"))
      link.addEventListener("click", () => keepPlace(link));
    watchMaps();
    for (const button of document.querySelectorAll("[data-do]"))
      button.addEventListener("click", () => deeds[button.dataset.do]());
    watchBoxes();
    watchSections();
  }
  for (const name of ["pointerover", "focusin", "touchstart"])
    document.addEventListener(name, (event) => {
      const box = event.target.closest?.(".gwr-chart");
      if (box) enliven(box);
    }, { passive: true });
  // On paper there is no dark mode, and a map keeps the size it was drawn for, made smaller to fit the sheet.
  const SHEET = 640; // CSS pixels: what A4 and Letter have between any usual margins
  const kept = new Map(); // what to put back after printing: an element -> its style
  const bars = (map) => map.contentDocument?.querySelectorAll(".bar, .leaflet-control-zoom") ?? [];
  function bare(map) {
    for (const bar of bars(map)) bar.style.visibility = "hidden";
    if (map.contentDocument) map.contentDocument.documentElement.style.printColorAdjust = "exact"; // the marks are backgrounds
  }
  let theme = null; // the page's own, while it is being printed
  function toPaper() {
    if (theme !== null) return;
    theme = document.documentElement.dataset.theme ?? "";
    document.documentElement.dataset.theme = "light";
    for (const map of document.querySelectorAll(".gwr-map iframe")) {
      const { offsetWidth: width, offsetHeight: height, style } = map;
      kept.set(map, style.cssText);
      const by = Math.min(1, SHEET / width); // "zoom" would make the frame smaller and leave what is in it as it was
      Object.assign(style, { width: `${width}px`, height: `${height}px`, transform: `scale(${by})`, transformOrigin: "0 0" });
      style.margin = `0 ${(by - 1) * width}px ${(by - 1) * height}px 0`;
      bare(map);
    }
  }
  function toScreen() {
    if (theme === null) return;
    document.documentElement.dataset.theme = theme;
    theme = null;
    for (const [map, style] of kept) {
      map.style.cssText = style;
      for (const bar of bars(map)) bar.style.visibility = "";
    }
    kept.clear();
  }
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", toScreen);
  document.readyState === "loading" ? addEventListener("DOMContentLoaded", start) : start();
})();
