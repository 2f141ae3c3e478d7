"use strict";

// Asks for the content of the page and puts it in the skeleton's place.
(async () => {
  const main = document.querySelector("main[data-content]");
  if (!main) return;
  let leaving = false;
  addEventListener("pagehide", () => {
    leaving = true;
  });
  try {
    const answer = await fetch(main.dataset.content, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { html } = await answer.json();
    main.setHTMLUnsafe(html); // it may bring shadow trees of its own
    main.removeAttribute("aria-busy");
    document.dispatchEvent(new Event("portal:drawn"));
  } catch {
    if (leaving) return;
    const words = document.createElement("p");
    words.setAttribute("role", "alert");
    words.textContent = "İçerik yüklenemedi. ";
    const again = document.createElement("a");
    again.href = location.href;
    again.textContent = "Yeniden deneyiniz.";
    words.append(again);
    main.replaceChildren(words);
    main.removeAttribute("aria-busy");
  }
})();
