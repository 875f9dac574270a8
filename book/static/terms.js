// Definitions of glossary terms: kept inside the window, opened by the first tap (the second follows the link), closed by Escape.
// Without this script the definition still shows on hover and focus, and the link leads to the glossary.
(() => {
  const margin = 8;
  function place(box) {
    const tip = box.querySelector(".term-tip");
    box.classList.remove("above");
    tip.style.removeProperty("--shift");
    const at = tip.getBoundingClientRect();
    if (!at.width) return;
    const right = document.documentElement.clientWidth - margin;
    const shift = Math.max(Math.min(0, right - at.right), margin - at.left);
    tip.style.setProperty("--shift", `${Math.round(shift)}px`);
    const room = box.getBoundingClientRect().top;
    if (at.bottom > innerHeight && room > at.height) box.classList.add("above");
  }
  function open(box) {
    delete box.dataset.closed;
    place(box);
  }
  function start() {
    let opened = null; // the term that a tap has opened
    for (const box of document.querySelectorAll(".term")) {
      const link = box.querySelector(".term-link");
      let touched = false;
      box.addEventListener("pointerenter", () => open(box));
      link.addEventListener("focus", () => open(box));
      link.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
      link.addEventListener("click", (event) => {
        if (!touched || opened === box) return;
        event.preventDefault();
        opened = box;
        link.focus();
        open(box);
      });
      link.addEventListener("blur", () => { if (opened === box) opened = null; });
    }
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      opened = null;
      for (const box of document.querySelectorAll(".term:hover, .term:focus-within")) box.dataset.closed = "";
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
