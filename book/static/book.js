// The buttons of the page's head; and the interactive chart, drawn in the place of its picture, when a pointer, a finger or the keyboard turns to it.
// One local script serves the whole site; a reader who only looks never loads it.
(() => {
  const src = new URL("vega-bundle.js", document.currentScript.src).href;
  let bundle;
  const load = () => bundle ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = resolve;
    script.onerror = () => reject(new Error("the chart script did not load"));
    document.head.append(script);
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
      await vegaEmbed(stage, JSON.parse(box.querySelector("script").textContent), {
        actions: false,
        renderer: "svg",
        ast: true,   // interpreted, so that the page needs no permission to evaluate text
      });
      const hadFocus = document.activeElement === picture;
      picture.hidden = true;
      box.dataset.live = "yes";
      if (hadFocus) { stage.tabIndex = -1; stage.focus(); }
    } catch (error) {
      box.dataset.live = "";   // the picture stays; the next touch tries again
      console.warn(error);
    }
  }
  // Maps wait in the page, or in a script of their own, until they come into the window or the page is printed.
  const waiting = new Map();
  const draw = (frame, html) => { frame.srcdoc = html; };
  window.gwrMap = (name, html) => draw(waiting.get(name), html);
  function drawMap(frame) {
    const { srcdoc, map, mapScript } = frame.dataset;
    if (frame.dataset.drawn) return;
    frame.dataset.drawn = "yes";
    if (srcdoc !== undefined) return draw(frame, srcdoc);
    waiting.set(map, frame);
    const script = document.createElement("script");
    script.src = mapScript;
    script.onerror = () => { frame.dataset.drawn = ""; console.warn("the map did not load"); };
    document.head.append(script);
  }
  function watchMaps() {
    const frames = document.querySelectorAll("iframe[data-srcdoc], iframe[data-map]");
    const near = new IntersectionObserver(entries => {
      for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); drawMap(entry.target); }
    });
    for (const frame of frames) near.observe(frame);
    addEventListener("beforeprint", () => frames.forEach(drawMap));
  }
  const deeds = { print: () => window.print(), fullscreen: () => window.toggleFullScreen?.() };
  function start() {
    watchMaps();
    for (const button of document.querySelectorAll("[data-do]"))
      button.addEventListener("click", () => deeds[button.dataset.do]());
    for (const box of document.querySelectorAll(".gwr-chart"))
      for (const event of ["pointerenter", "focusin", "touchstart"])
        box.addEventListener(event, () => enliven(box), { passive: true });
  }
  document.readyState === "loading" ? addEventListener("DOMContentLoaded", start) : start();
})();
