"use strict";

// Messages that go away by themselves; one covers the buttons until it is gone, one says that a press was heard.
(() => {
  const place = document.querySelector(".toasts");
  if (!place) return;

  const go = (toast) => {
    toast.classList.add("going");
    setTimeout(() => toast.remove(), 220);
  };

  const show = (toast) => {
    const below = toast.dataset.over && document.querySelector(toast.dataset.over);
    if (below) {
      const box = below.getBoundingClientRect();
      toast.style.left = `${box.left}px`;
      toast.style.top = `${Math.min(box.top, innerHeight - 70) - 4}px`;
      toast.style.width = `${Math.min(box.width, 460)}px`;
      toast.style.minHeight = `${box.height + 8}px`;
    }
    toast.querySelector(".toast-close")?.addEventListener("click", () => go(toast));
    if (toast.dataset.stays) setTimeout(() => go(toast), Number(toast.dataset.stays));
  };
  for (const toast of place.querySelectorAll(".toast")) show(toast);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || "inPlace" in form.dataset) return;
    place.append(document.getElementById("gonderiliyor").content.cloneNode(true));
  });
})();
