// Targets and results of one place, picked from a list, beside Fuzhou and the median of all: a drawing and a table, made anew
// from figures that stand in the page. Without this script the page shows the table of the place that was chosen when it was made.
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const make = (name, attributes, text) => {
    const element = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  // "2015|10.5,9.5|9.6,8.5e": first year, targets, results; e stands for a provisional one, an empty place for none.
  function read(packed) {
    if (!packed) return [];
    const [first, targets, results] = packed.split("|");
    const rows = new Map();
    [targets, results].forEach((list, which) => list.split(",").forEach((cell, at) => {
      if (!cell) return;
      const year = Number(first) + at;
      const row = rows.get(year) ?? rows.set(year, { year }).get(year);
      const name = which ? "result" : "target";
      row[name] = parseFloat(cell);
      if (cell.endsWith("e")) row.expected = true;
    }));
    return [...rows.values()].sort((a, b) => a.year - b.year);
  }
  function draw(box, series, words) {
    const all = series.flatMap(one => one.rows);
    const svg = box.querySelector("svg");
    svg.replaceChildren();
    if (!all.length) return;
    const [width, height, left, right, top, bottom] = [640, 300, 44, 12, 10, 28];
    const values = all.flatMap(row => [row.target, row.result]).filter(value => value !== undefined);
    const years = all.map(row => row.year);
    const [firstYear, lastYear] = [Math.min(...years), Math.max(...years)];
    const span = Math.max(...values) - Math.min(...values) || 1;
    const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].find(one => span / one <= 7) ?? 100;
    const low = Math.floor(Math.min(...values) / step) * step, high = Math.ceil(Math.max(...values) / step) * step || low + step;
    const x = year => left + (width - left - right) * (lastYear > firstYear ? (year - firstYear) / (lastYear - firstYear) : 0.5);
    const y = value => top + (height - top - bottom) * (high - value) / (high - low || 1);
    for (let value = low; value <= high + step / 2; value += step) {
      svg.append(make("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: Math.abs(value) < step / 2 ? "zero" : "grid" }));
      svg.append(make("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, String(Math.round(value * 10) / 10).replace("-", "−")));
    }
    const every = lastYear - firstYear > 12 ? 4 : 2;
    for (let year = firstYear; year <= lastYear; year += 1)
      if ((year - lastYear) % every === 0) svg.append(make("text", { x: x(year), y: height - 8, "text-anchor": "middle" }, String(year)));
    for (const { rows, kind, name } of series) for (const which of ["target", "result"]) {
      const known = rows.filter(row => row[which] !== undefined);
      let path = "", before;
      for (const row of known) {   // a year without a figure breaks the line
        path += `${before === row.year - 1 ? "L" : "M"}${x(row.year).toFixed(1)} ${y(row[which]).toFixed(1)}`;
        before = row.year;
      }
      svg.append(make("path", { d: path, class: `${kind} ${which}` }));
      for (const row of known) {
        const pale = which === "result" && row.expected ? " expected" : "";
        const mark = make("circle", { cx: x(row.year), cy: y(row[which]), r: kind === "place" ? 4 : 2.5, class: `${kind} ${which}${pale}` });
        mark.append(make("title", {}, `${name}, ${row.year}, ${words[which]}: ${row[which]}${pale ? ` (${words.expected})` : ""}`));
        svg.append(mark);
      }
    }
  }
  function fill(box, series, words) {
    const body = box.querySelector("tbody");
    const years = [...new Set(series.flatMap(one => one.rows.map(row => row.year)))].sort((a, b) => b - a);
    body.replaceChildren(...years.map(year => {
      const line = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = year;
      line.append(head);
      for (const { rows, kind } of series) for (const which of ["target", "result"]) {
        const cell = document.createElement("td");
        const row = rows.find(one => one.year === year);
        cell.className = "num";
        cell.textContent = row?.[which] === undefined ? "" : `${String(row[which]).replace("-", "−")}${which === "result" && row.expected && kind !== "median" ? "*" : ""}`;
        line.append(cell);
      }
      return line;
    }));
  }
  function open(box) {
    const { figures, words, home } = JSON.parse(box.querySelector("script").textContent);
    const [place, indicator] = box.querySelectorAll("select");
    const show = () => {
      const of = figures[indicator.value];
      const name = place.selectedOptions[0].textContent;
      const series = [
        { kind: "median", name: words.median, rows: read(of.median) },
        { kind: "home", name: words.home, rows: read(of[home]) },
        { kind: "place", name, rows: read(of[place.value]) },
      ];
      draw(box, place.value === home ? [series[0], series[2]] : series, words);
      fill(box, [series[2], series[1], series[0]], words);
      for (const slot of box.querySelectorAll("[data-place]")) slot.textContent = name;
      box.querySelector("[role=status]").textContent = read(of[place.value]).length ? "" : words.none;
    };
    box.querySelector(".gwr-filter").hidden = box.querySelector(".drawing").hidden = false;
    place.addEventListener("change", show);
    indicator.addEventListener("change", show);
    show();
  }
  const start = () => document.querySelectorAll(".gwr-panel").forEach(open);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
