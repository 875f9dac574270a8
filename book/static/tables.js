// Tables that sort: a press on a heading sorts by that column, a second press turns the order round.
(() => {
  const number = (cell) => parseFloat(cell.textContent.replace(/[,\s≥≤≈<>]/g, ""));
  function sort(table, column, head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const numeric = head.classList.contains("num") || rows.every((row) => /^\s*([\d–-]|$)/.test(row.cells[column].textContent));
    const turn = down ? -1 : 1;
    rows.sort((a, b) => {
      const [x, y] = [a.cells[column], b.cells[column]];
      if (!numeric) return turn * x.textContent.localeCompare(y.textContent, "zh");
      const [p, q] = [number(x), number(y)];
      return isNaN(p) - isNaN(q) || turn * (p - q); // what has no number stays last
    });
    body.append(...rows);
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  }
  function equip(table) {
    // A table that brings its own controls keeps them.
    if (!table.tHead || table.tBodies[0].rows.length < 3 || table.tHead.querySelector("button, a")) return;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column, head));
      head.append(button);
    });
  }
  // When the browser has nothing else to do, a few tables at a time; a page may have sixty.
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 5 }), 50));
  function start() {
    const tables = [...document.querySelectorAll(".gwr-table table")];
    idle(function some(time) {
      while (tables.length && time.timeRemaining() > 2) equip(tables.shift());
      if (tables.length) idle(some);
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
