// A table whose words do not fit side by side is made smaller, down to a size still read with ease; beyond that, words break.
// Chinese has no spaces and would break anywhere: a short cell stays in one line.
(() => {
  const SMALLEST = 0.68;
  const SHORT = 6; // characters
  for (const table of document.querySelectorAll(".chapter table")) {
    const room = table.parentElement.clientWidth;
    if (!room) continue;
    table.classList.add("whole-words");
    for (const cell of table.querySelectorAll("th, td"))
      if (cell.textContent.trim().length <= SHORT) cell.style.setProperty("white-space", "nowrap", "important");
    table.style.setProperty("width", "min-content", "important");
    table.style.setProperty("max-width", "none", "important");
    const needs = table.offsetWidth;
    table.style.removeProperty("width");
    table.style.removeProperty("max-width");
    if (needs > room) table.style.zoom = Math.max(SMALLEST, Math.floor((room / needs) * 100) / 100);
    if (needs * SMALLEST > room) table.classList.remove("whole-words");
  }
})();
