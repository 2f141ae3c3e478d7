"use strict";

// A window opens a moment after the page, keeps the keyboard inside, and doesn't come back once it is closed.
(() => {
  const layer = document.querySelector("[data-notice]");
  if (!layer) return;
  const names = layer.dataset.notice.split(" ");
  if (document.cookie.split("; ").some((entry) => entry.startsWith(`${names[0]}=`))) return;
  const inside = layer.querySelector("[aria-modal]");

  const close = () => {
    for (const name of names) document.cookie = `${name}=1; path=/; SameSite=Lax`;
    layer.remove();
    document.body.style.overflow = "";
  };
  layer.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) close();
  });
  layer.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Tab") return;
    const stops = [...layer.querySelectorAll("button, a[href], summary")];
    const end = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== end) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  });
  setTimeout(() => {
    layer.hidden = false;
    document.body.style.overflow = "hidden";
    inside.focus();
  }, 250);
})();
