// Leads on from a page that has moved, with the anchor.
location.replace(document.getElementById("target").href + location.hash);
