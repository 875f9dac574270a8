// Tables that sort: a press on a heading sorts by that column, a second press turns the order round.
// And tables with a filter: a box with data-filter gets a search field and a list for each heading that it names.
(() => {
  // A column of numbers says so in its heading, and each cell has its value in the base unit (gwr/show/html_tables.py).
  const number = (cell) => parseFloat((cell.dataset.sort ? cell : cell.querySelector("[data-sort]"))?.dataset.sort ?? "");
  const words = new Intl.Collator("zh", { numeric: true });
  function sort(table, column, head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const numeric = head.dataset.sort === "number";
    const turn = down ? -1 : 1;
    rows.sort((a, b) => {
      const [x, y] = [a.cells[column], b.cells[column]];
      if (!numeric) return turn * words.compare(x.textContent.trim(), y.textContent.trim());
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
      // Where units differ nothing is more or less than the rest.
      if (!head.textContent.trim() || head.dataset.sort === "none") return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column, head));
      head.append(button);
    });
  }
  function labelled(text, control) {
    const label = document.createElement("label");
    label.append(`${text} `, control);
    return label;
  }
  function addFilter(box) {
    const words = box.dataset;
    const region = document.getElementById(words.table);
    const table = region && region.querySelector("table");
    if (!table || box.firstChild) return;
    const rows = [...table.tBodies[0].rows];
    const titles = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
    const search = document.createElement("input");
    search.type = "search";
    search.placeholder = words.hint;
    const lists = words.filter.split("|").map((title) => {
      const column = titles.indexOf(title);
      const list = document.createElement("select");
      list.add(new Option(words.all, ""));
      for (const value of new Set(rows.map((row) => row.cells[column].textContent.trim()))) list.add(new Option(value, value));
      box.append(labelled(title, list));
      return { list, column };
    });
    const count = document.createElement("output");
    count.setAttribute("aria-live", "polite");
    box.prepend(labelled(words.search, search));
    box.append(count);
    function show() {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !(wanted.every((word) => text.includes(word))
          && lists.every(({ list, column }) => !list.value || row.cells[column].textContent.trim() === list.value));
      }
      const shown = rows.filter((row) => !row.hidden).length;
      count.textContent = words.shown.replace("{count}", shown).replace("{all}", rows.length);
    }
    box.addEventListener("input", show);
    show();
    region.classList.add("gwr-filtered");
    box.hidden = false;
  }
  // When the browser has nothing else to do, a few tables at a time; a page may have sixty.
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 5 }), 50));
  function start() {
    document.querySelectorAll("[data-filter]").forEach(addFilter);
    const tables = [...document.querySelectorAll(".gwr-table table")];
    idle(function some(time) {
      while (tables.length && time.timeRemaining() > 2) equip(tables.shift());
      if (tables.length) idle(some);
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
