// Moves on at once; the link is for a browser that doesn't.
location.replace(document.querySelector("[data-hop]").href);
