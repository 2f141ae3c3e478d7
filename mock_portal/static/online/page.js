"use strict";

// Closes what gets in the way and remembers it for the rest of the browser session.
(() => {
  const remember = (name) => {
    document.cookie = `${name}=1; path=/; SameSite=Lax`;
  };

  const bar = document.getElementById("cerez");
  const close = document.getElementById("cerez-kapat");
  if (bar && close) {
    close.addEventListener("click", () => {
      remember("cerez_bildirimi");
      bar.remove();
    });
  }

  const announcement = document.getElementById("duyuru");
  if (announcement) {
    announcement.close(); // it is open without a script too, but then doesn't cover the rest of the page
    announcement.showModal();
    announcement.addEventListener("close", () => remember("duyuru_goruldu"));
  }
})();
