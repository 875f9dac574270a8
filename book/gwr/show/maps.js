// Draws the maps of gwr.show.maps: our own ground, places as well as they are known, layers, search, full screen.
// Runs inside the map's frame, with Leaflet and nothing else. Every word comes from gwr.words, in the language of the page.
(function () {
  "use strict";
  const { gwr } = window;
  const { words } = gwr;
  const maps = []; // {map, data, features, shown} for each map of the frame; two when they stand side by side

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // A text with its fields in braces filled.
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (field, name) => values[name]);
  const called = (place) => (place.en ? `${place.zh} ${place.en}` : place.zh);

  if (window.L) Object.assign(L.Control.Zoom.prototype.options, { zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut });

  // --- the ground ---------------------------------------------------------------------------------------------------

  let shared = null; // the ground of the first map, which a second beside it has too

  gwr.base = function (map, data) {
    data = shared = data || shared;
    pane(map, "ground", 300);
    pane(map, "names", 450).setAttribute("aria-hidden", "true"); // the list of places is read aloud, not the city round them
    const renderer = (map.ground = L.svg({ pane: "ground", padding: 0.3 }));
    for (const layer of data.layers) {
      const style = { renderer, pane: "ground", className: layer.css, interactive: false, fillOpacity: 1 };
      if (layer.dots) for (const at of layer.dots) L.circleMarker(at, { ...style, radius: layer.radius, weight: 1.5 }).addTo(map);
      else L.geoJSON(layer.geo, { ...style, style: { ...style, fill: !!layer.fill, weight: layer.weight, dashArray: layer.dash || null } }).addTo(map);
    }
    map.nameData = { ...data, texts: data.names.split("|").map((one) => /^(\w+) (.*)$/.exec(one).slice(1)) };
    L.control.scale({ imperial: false }).addTo(map);
    furniture(map, data);
    names(map, {});
    map.on("zoomend", () => names(map, map.nameCounts));
    gentle(map);
    // The frame may get its size only later, when it comes into view or goes full screen.
    let touched = false;
    map.on("dragstart popupopen", () => (touched = true));
    new ResizeObserver(() => {
      map.invalidateSize();
      if (!touched) home(map, data);
    }).observe(map.getContainer());
    home(map, data);
  };

  function pane(map, name, height) {
    const box = map.createPane(name);
    Object.assign(box.style, { zIndex: height, pointerEvents: "none" });
    return box;
  }

  // The whole district; smaller than that, the map never gets.
  function home(map, data) {
    map.setMinZoom(0);
    map.fitBounds(data.bounds, { animate: false });
    map.setMinZoom(map.getZoom());
  }

  // North, what the map is not, and the way home.
  function furniture(map, data) {
    const note = L.control({ position: "bottomleft" });
    note.onAdd = () => make("div", { class: "schematic" }, make("b", {}, `↑ ${words.north}`), ` ${words.schematic}`);
    note.addTo(map);
    const way = make("a", { href: "#", role: "button", class: "home", title: words.home, "aria-label": words.home });
    way.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 8l6-6 6 6M4 7v7h8V7"/></svg>';
    L.DomEvent.disableClickPropagation(way);
    way.addEventListener("click", (event) => {
      event.preventDefault();
      map.closePopup();
      home(map, data);
    });
    map.getContainer().querySelector(".leaflet-control-zoom").prepend(way);
  }

  // The names of the ground that this zoom has room for; under a subdistrict, how many places are known only by it.
  function names(map, counts) {
    map.nameCounts = counts;
    const { levels, texts, codes } = map.nameData;
    const level = Math.max(0, levels.filter(([zoom]) => zoom <= map.getZoom() + 0.01).length - 1);
    if (map.names) map.names.remove();
    map.names = L.layerGroup().addTo(map);
    for (const [key, lat, lon, dx, dy, angle, downwards, form] of levels[level][1]) {
      const [look, forms] = texts[key];
      const number = counts[codes[key]];
      const label = make("div", { class: `name ${look} level${level}${downwards ? " downwards" : ""}` });
      label.style.transform = `translate(-50%,-50%) translate(${dx}px,${dy}px) rotate(${angle}deg)`;
      forms.split("~")[form].split(" / ").forEach((line, n) => label.append(...(n ? [make("br")] : []), line));
      if (number && level) label.append(make("br"), make("small", {}, `+ ${number}`));
      if (look === "park" || look === "sight") {
        const style = { renderer: map.ground, pane: "ground", interactive: false, fillOpacity: 1, weight: 1 };
        L.circleMarker([lat, lon], { ...style, className: `dot ${look}`, radius: look === "park" ? 4 : 2.5 }).addTo(map.names);
      }
      L.marker([lat, lon], {
        pane: "names", icon: L.divIcon({ html: label, iconSize: [0, 0], className: "label" }), interactive: false, keyboard: false,
      }).addTo(map.names);
    }
  }

  // --- the reader's hand --------------------------------------------------------------------------------------------

  // The wheel scrolls the page until the map was clicked or Ctrl is held; one finger scrolls the page, two move the map.
  // In full screen there is no page to scroll, so there the map takes both.
  function gentle(map) {
    const box = map.getContainer();
    const hint = make("p", { class: "hint", "aria-hidden": "true" });
    hint.hidden = true;
    box.append(hint);
    let clicked = false;
    let away = 0;
    const say = (text) => {
      hint.textContent = text;
      hint.hidden = false;
      clearTimeout(away);
      away = setTimeout(() => (hint.hidden = true), 1500);
    };
    box.addEventListener("click", () => (clicked = true));
    box.addEventListener("mouseleave", () => (clicked = false));
    box.addEventListener(
      "wheel",
      (event) => {
        if (clicked || event.ctrlKey || event.metaKey || document.fullscreenElement) return;
        event.stopPropagation(); // or Leaflet would zoom, and hold the page fast
        if (!event.target.closest(".leaflet-popup-content")) say(words.wheel);
      },
      { capture: true, passive: true }
    );
    box.addEventListener(
      "pointerdown",
      (event) => map.dragging[event.pointerType === "touch" && !document.fullscreenElement ? "disable" : "enable"](),
      true
    );
    let start = null;
    box.addEventListener("touchstart", (event) => (start = event.touches.length === 1 ? event.touches[0] : null), { passive: true });
    box.addEventListener(
      "touchmove",
      ({ touches }) => {
        if (!start || touches.length > 1 || document.fullscreenElement) return;
        if (Math.hypot(touches[0].clientX - start.clientX, touches[0].clientY - start.clientY) > 12) say(words.fingers);
      },
      { passive: true }
    );
  }

  // --- the places ---------------------------------------------------------------------------------------------------

  gwr.places = function (map, data, title) {
    const entry = { map, data, shown: L.layerGroup().addTo(map), on: {} };
    for (const kind of ["programmes", "statuses"]) entry.on[kind] = new Set(Object.keys(data[kind]));
    maps.push(entry);
    if (title) map.getContainer().append(make("p", { class: "half" }, title));
    map.getContainer().setAttribute("aria-label", title || words.map);
    draw(entry);
    if (maps.length === 1) setTimeout(bar); // after the second map, if there is one
    else side_by_side();
  };

  function visible(entry, place) {
    return place.mentions.filter((m) => entry.on.programmes.has(m.p) && entry.on.statuses.has(m.s));
  }

  function draw(entry) {
    entry.shown.clearLayers();
    entry.layers = new Map(); // the number of a feature -> its layer
    const counts = {};
    entry.data.features.forEach((feature, number) => {
      const places = feature.places.map((n) => entry.data.places[n]).filter((place) => visible(entry, place).length);
      if (!places.length) return;
      const mentions = places.flatMap((place) => visible(entry, place));
      const layer = SHAPES[feature.shape](entry, feature, places, mentions);
      if (feature.shape === "area") counts[feature.code] = places.length;
      layer.addTo(entry.shown);
      layer.bindPopup(() => about(entry, feature, places), { maxWidth: 270, minWidth: 180, autoPanPadding: [12, 12] });
      entry.layers.set(number, layer);
      reach(entry, layer, feature, label(entry, feature, places));
    });
    names(entry.map, counts);
  }

  // Solid only if everything listed is done; otherwise as its least finished part.
  function status(mentions) {
    const rank = ["planned_2022", "ongoing", "done_2021", "done_2017_2021", "mentioned"];
    const least = rank.find((code) => mentions.some((m) => m.s === code));
    return mentions.some((m) => m.s.startsWith("done")) && least === "planned_2022" ? "ongoing" : least;
  }

  // Of several mentions, colour and letter are those of the first that is more than a name.
  function lead(mentions) {
    return mentions.find((m) => m.s !== "mentioned") || mentions[0];
  }

  function pin(entry, feature, places, mentions) {
    const [colour, letter] = entry.data.programmes[lead(mentions).p];
    const mark = make("div", { class: `mark ${feature.shape} ${status(mentions)}`, style: `--c:${colour}` }, make("span", {}, letter));
    if (mentions.length > 1) mark.append(make("sup", {}, String(mentions.length)));
    return L.marker(feature.at, {
      icon: L.divIcon({ html: mark, iconSize: [26, 26], iconAnchor: [13, 13], className: "place" }),
      riseOnHover: true,
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const entry of maps) {
      if (!entry.open || !entry.open.isPopupOpen()) continue;
      entry.open.closePopup();
      entry.open.getElement().focus({ preventScroll: true });
    }
  });

  const SHAPES = {
    pin,
    diamond: pin,
    line(entry, feature, places, mentions) {
      const [colour] = entry.data.programmes[lead(mentions).p];
      const line = L.polyline(feature.lines, { className: `line ${status(mentions)}`, weight: 6, opacity: 1 });
      line.on("add", () => line.getElement().style.setProperty("--c", colour));
      return line;
    },
    area(entry, feature) {
      return L.polygon(feature.ring, { className: "area", weight: 0 });
    },
  };

  function label(entry, feature, places) {
    const list = places.map(called).join(words.next);
    return fill(feature.shape === "area" ? words.insideList : words.known, { title: feature.title, how: feature.how, places: list });
  }

  // Every place is reached with the keyboard; while it has the focus or the pointer, its uncertainty is drawn.
  function reach(entry, layer, feature, text) {
    const element = layer.getElement();
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", text);
    element.setAttribute("aria-haspopup", "dialog");
    let circle = null;
    const show = () => {
      if (circle || feature.shape === "area") return;
      if (feature.shape === "line") {
        const metre = 256 * 2 ** entry.map.getZoom() / (40075017 * Math.cos((26.06 * Math.PI) / 180));
        circle = L.polyline(feature.lines, { className: "reach band", weight: Math.max(14, 2 * feature.metres * metre), interactive: false });
      } else {
        circle = L.circle(feature.at, { className: "reach", radius: feature.metres, weight: 1.5, dashArray: "4 4", interactive: false });
      }
      circle.addTo(entry.map).bringToBack();
    };
    const hide = () => {
      if (circle) circle.remove();
      circle = null;
    };
    layer.on("mouseover popupopen", show).on("mouseout popupclose remove", hide);
    element.addEventListener("focus", show);
    element.addEventListener("blur", () => layer.isPopupOpen() || hide());
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation(); // or Leaflet would open, and so close, it again
      layer.openPopup();
    });
    layer.on("popupopen", (event) => {
      const box = event.popup.getElement();
      box.setAttribute("role", "dialog");
      box.setAttribute("aria-label", text);
      box.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
      if (document.activeElement === element) box.querySelector(".about a").focus({ preventScroll: true });
      entry.open = layer;
    });
    layer.bindTooltip(text, { sticky: true, opacity: 1 });
    layer.on("popupopen", () => layer.closeTooltip());
  }

  function about(entry, feature, places) {
    const box = make("div");
    if (feature.shape === "area") box.append(make("b", {}, fill(words.inside, feature)));
    for (const place of places) box.append(describe(entry, place));
    return box;
  }

  function describe(entry, place) {
    const box = make("div", { class: "about" }, make("b", {}, called(place)));
    for (const m of visible(entry, place)) {
      const [colour, letter, programme] = entry.data.programmes[m.p];
      const chip = make("span", { class: "chip", style: `--c:${colour}`, role: "img", "aria-label": programme, title: programme }, letter);
      const said = make("p", {}, chip, m.en || m.zh || words.nothing);
      if (m.en && m.zh) said.append(" ", make("span", { class: "zh", lang: "zh" }, m.zh));
      said.append(words.next, entry.data.statuses[m.s]);
      if (m.g) said.append(words.stop, fill(m.u ? words.unnamed : words.member, { number: m.g, unnamed: m.u }));
      said.append(words.stop, make("a", { href: `${entry.data.source}#${m.id}`, target: "_parent" }, words.passage));
      box.append(said);
    }
    box.append(make("p", {}, make("small", {}, place.how)));
    return box;
  }

  // --- the bar ------------------------------------------------------------------------------------------------------

  function bar() {
    const box = make("div", { class: "bar" });
    const said = make("span", { class: "hidden", role: "status" });
    const card = make("div", { class: "card", tabindex: "-1", role: "dialog", "aria-label": words.place });
    card.hidden = true;
    const panel = layers();
    const button = make("button", { type: "button", "aria-expanded": "false", "aria-controls": "layers" }, words.layers);
    const show = (open) => {
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => show(panel.hidden));
    box.append(...search(said, card), button, ...full(), panel, card, said);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || (panel.hidden && card.hidden)) return;
      if (!panel.hidden) button.focus();
      show(false);
      card.hidden = true;
    });
    maps[0].map.getContainer().addEventListener("pointerdown", () => {
      show(false);
      card.hidden = true;
    });
    document.body.prepend(box);
  }

  function layers() {
    const panel = make("div", { class: "panel", id: "layers", role: "group", "aria-label": words.layers });
    panel.hidden = true;
    const codes = (kind) => [...new Set(maps.flatMap((entry) => Object.keys(entry.data[kind])))];
    for (const kind of ["programmes", "statuses"]) {
      const group = make("fieldset", {}, make("legend", {}, words[kind]));
      const all = make("div", { class: "some" });
      const boxes = [];
      for (const [text, state] of [[words.all, true], [words.none, false]]) {
        const button = make("button", { type: "button" }, text);
        button.addEventListener("click", () => {
          boxes.forEach((box) => (box.checked = state));
          update();
        });
        all.append(button);
      }
      const update = () => {
        for (const entry of maps) {
          entry.on[kind] = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
          draw(entry);
        }
      };
      group.append(all);
      for (const code of codes(kind)) {
        const entry = maps.find((one) => code in one.data[kind]);
        const known = entry.data[kind][code];
        const box = make("input", { type: "checkbox", value: code });
        box.checked = true;
        box.addEventListener("change", update);
        boxes.push(box);
        const field = kind === "programmes" ? "p" : "s";
        const number = maps.flatMap((one) => one.data.places).filter((place) => place.mentions.some((m) => m[field] === code)).length;
        const row = make("label", {}, box);
        if (kind === "programmes") row.append(make("span", { class: "chip", style: `--c:${known[0]}`, "aria-hidden": "true" }, known[1]), known[2]);
        else row.append(known);
        row.append(make("span", { class: "n" }, String(number)));
        group.append(row);
      }
      panel.append(group);
    }
    return panel;
  }

  function full() {
    if (!document.fullscreenEnabled) return [];
    const button = make("button", { type: "button", title: words.full, "aria-label": words.full });
    button.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1 6V1h5M10 1h5v5M15 10v5h-5M6 15H1v-5"/></svg>';
    button.addEventListener("click", () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    });
    return [button];
  }

  // --- search -------------------------------------------------------------------------------------------------------

  const LIMIT = 12;

  const plain = (text) =>
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, "");

  function found(text) {
    const wanted = plain(text);
    if (!wanted) return [];
    const also = wanted.replace(/([ln])v/g, "$1u"); // lv and nv are how ü is typed
    const hits = [];
    maps.forEach((entry) =>
      entry.data.places.forEach((place, number) => {
        const keys = (place.keys = place.keys || place.find.map(plain));
        const at = Math.min(...keys.flatMap((key) => [key.indexOf(wanted), key.indexOf(also)]).map((n) => (n < 0 ? 1e3 : n)));
        if (at < 1e3 && !hits.some((hit) => hit.place.id === place.id)) hits.push({ entry, place, number, at });
      })
    );
    return hits.sort((a, b) => (a.at > 0) - (b.at > 0)).slice(0, LIMIT);
  }

  function search(said, card) {
    const list = make("ul", { class: "options", id: "options", role: "listbox", "aria-label": words.options });
    list.hidden = true;
    const input = make("input", {
      type: "search", placeholder: words.find, autocomplete: "off", spellcheck: "false",
      role: "combobox", "aria-label": words.findHow, "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": "options",
    });
    let hits = [];
    let active = -1;

    function open(state) {
      list.hidden = !state;
      input.setAttribute("aria-expanded", String(state));
      if (!state) input.removeAttribute("aria-activedescendant");
    }
    function mark(number) {
      active = number;
      [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === number)));
      if (number < 0) return;
      input.setAttribute("aria-activedescendant", `option-${number}`);
      list.children[number].scrollIntoView({ block: "nearest" });
    }
    function look() {
      hits = found(input.value);
      active = -1;
      list.replaceChildren(
        ...hits.map((hit, n) => {
          const item = make("li", { role: "option", id: `option-${n}`, "aria-selected": "false" }, called(hit.place));
          item.append(make("small", {}, hit.place.how));
          item.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
          item.addEventListener("click", () => choose(n));
          return item;
        })
      );
      open(hits.length > 0);
      card.hidden = true;
      said.textContent = input.value ? fill(hits.length < LIMIT ? words.found : words.first, { number: hits.length }) : "";
    }
    function choose(number) {
      const { entry, place } = hits[number];
      open(false);
      said.textContent = fill(words.known, { places: called(place), how: place.how });
      const feature = entry.data.features.findIndex((one) => one.places.includes(entry.data.places.indexOf(place)));
      const layer = entry.layers.get(feature);
      if (!layer) {
        card.replaceChildren(describe(entry, place));
        if (!visible(entry, place).length) card.append(make("p", {}, words.off));
        card.hidden = false;
        return;
      }
      if (layer.getBounds) entry.map.fitBounds(layer.getBounds(), { animate: false, maxZoom: 15.5, padding: [20, 20] });
      else entry.map.setView(layer.getLatLng(), 15, { animate: false });
      layer.openPopup(layer.getCenter ? layer.getCenter() : layer.getLatLng());
    }

    // While an input method composes, the letters are not yet what is looked for.
    input.addEventListener("input", (event) => event.isComposing || look());
    input.addEventListener("compositionend", look);
    input.addEventListener("focus", () => input.value && look());
    input.addEventListener("blur", () => open(false));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && hits.length) {
        event.preventDefault();
        open(true);
        mark((active + step + hits.length) % hits.length);
      } else if (event.key === "Enter" && hits.length) {
        event.preventDefault();
        choose(Math.max(active, 0));
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        open(false);
      }
    });
    return [input, list];
  }

  // --- two maps -----------------------------------------------------------------------------------------------------

  function side_by_side() {
    document.body.classList.add("pair");
    const [a, b] = maps.map((entry) => entry.map);
    let leading = false;
    for (const [one, other] of [[a, b], [b, a]]) {
      one.on("move", () => {
        if (leading) return;
        leading = true;
        other.setView(one.getCenter(), one.getZoom(), { animate: false });
        leading = false;
      });
    }
  }
})();
