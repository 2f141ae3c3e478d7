// Goes on at once; the link is for a browser that does not.
location.replace(document.querySelector("[data-hop]").href);
