// Leads an old address on: of a page that is gone, with its anchor, or of a part that now stands on another page.
(() => {
  const moves = JSON.parse(document.getElementById("moves").textContent);
  function lead() {
    const old = decodeURIComponent(location.hash.slice(1));
    if (old in moves) location.replace(moves[old]);
    else if ("" in moves) location.replace(moves[""].includes("#") ? moves[""] : moves[""] + location.hash);
  }
  addEventListener("hashchange", lead);
  lead();
})();
