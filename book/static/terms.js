// Definitions of glossary terms: kept inside the window, opened by the first tap (the second follows the link), closed by Escape.
// Without this script the definition still shows on hover and focus, and the link leads to the glossary.
// It listens at the document, so that nothing has to be done for each term when the page opens.
(() => {
  const margin = 8;
  const termOf = (event) => event.target.closest?.(".term");
  const linkOf = (event) => event.target.closest?.(".term-link");
  let opened = null; // the term that a tap has opened
  let touched = false; // whether the last press on a term was a finger's
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
  document.addEventListener("pointerover", (event) => {
    const box = termOf(event);
    if (box && !box.contains(event.relatedTarget)) open(box); // not when it moves from the term to its definition
  });
  document.addEventListener("focusin", (event) => { if (linkOf(event)) open(termOf(event)); });
  document.addEventListener("focusout", (event) => { if (linkOf(event) && opened === termOf(event)) opened = null; });
  document.addEventListener("pointerdown", (event) => { if (linkOf(event)) touched = event.pointerType === "touch"; });
  document.addEventListener("click", (event) => {
    const [link, box] = [linkOf(event), termOf(event)];
    if (!link || !touched || opened === box) return;
    event.preventDefault();
    opened = box;
    link.focus();
    open(box);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    opened = null;
    for (const box of document.querySelectorAll(".term:hover, .term:focus-within")) box.dataset.closed = "";
  });
})();
