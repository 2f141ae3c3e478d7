"use strict";

// A page of one form: a press asks the server for parts and puts them in place; the address stays.
const faces = (() => {
  const STATE = "jakarta.faces.ViewState";

  const block = (on) => {
    const layer = document.querySelector(".ui-blockui");
    if (layer) layer.hidden = !on;
    document.body.toggleAttribute("aria-busy", on);
  };

  const growl = (title, words) => {
    const item = document.createElement("div");
    item.className = "ui-growl-item-container ui-growl-error";
    item.setAttribute("role", "alert");
    item.innerHTML = '<div class="ui-growl-item"><span class="ui-growl-image" aria-hidden="true">!</span><div class="ui-growl-message"><span class="ui-growl-title"></span><p></p></div></div>';
    item.querySelector(".ui-growl-title").textContent = title;
    item.querySelector("p").textContent = words;
    document.querySelector(".ui-growl").replaceChildren(item);
  };

  const expired = () => {
    const mask = document.createElement("div");
    mask.className = "ui-dialog-mask";
    mask.innerHTML = '<div class="ui-dialog ui-widget" role="alertdialog" aria-modal="true" aria-label="Oturum"><div class="ui-dialog-titlebar"><span class="ui-dialog-title">Oturumunuz sona erdi</span></div><div class="ui-dialog-content"><p>Güvenliğiniz için oturumunuz sona ermiştir. Lütfen yeniden giriş yapınız.</p><button type="button" class="ui-button ui-widget ui-priority-primary"><span class="ui-button-text">Tamam</span></button></div></div>';
    mask.querySelector("button").addEventListener("click", () => location.assign("/landing?durum=oturum-bitti"));
    document.body.append(mask);
    mask.querySelector("button").focus();
  };

  // --- parts ------------------------------------------------------------------------------------------------

  const settle = () => {
    for (const input of document.querySelectorAll(".ui-helper-hidden-accessible input")) draw(input);
    for (const item of document.querySelectorAll(".ui-growl-info")) setTimeout(() => item.remove(), 6000);
    document.dispatchEvent(new Event("portal:drawn"));
  };

  const whole = (html) => {
    document.open();
    document.write(html);
    document.close();
  };

  const take = (xml) => {
    const answer = new DOMParser().parseFromString(xml, "text/xml");
    const error = answer.querySelector("error-name");
    if (error) {
      if (error.textContent.includes("ViewExpired")) expired();
      else growl("Hata", "İşleminiz tamamlanamadı.");
      return;
    }
    const redirect = answer.querySelector("redirect");
    if (redirect) {
      location.assign(redirect.getAttribute("url"));
      return;
    }
    for (const update of answer.querySelectorAll("update")) {
      const old = document.getElementById(update.id || update.getAttribute("id"));
      if (!old) continue;
      const made = document.createElement("div");
      made.setHTMLUnsafe(update.textContent);
      old.replaceWith(...made.childNodes);
    }
    for (const extension of answer.querySelectorAll("extension[src]")) {
      const script = document.createElement("script");
      script.src = extension.getAttribute("src");
      document.head.append(script);
    }
    scrollTo(0, 0);
    document.querySelector("main")?.focus({ preventScroll: true });
    settle();
  };

  const ab = async (what) => {
    const form = document.forms[0];
    if (form.dataset.busy) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("jakarta.faces.partial.ajax", "true");
    body.set("jakarta.faces.source", what.s);
    for (const { name, value } of what.pa || []) body.set(name, value);
    if (what.t) {
      body.delete("jakarta.faces.partial.ajax");
      open(`/index.xhtml?kaynak=${encodeURIComponent(what.s)}&gorunum=${encodeURIComponent(body.get(STATE))}`, what.t);
      return;
    }
    form.dataset.busy = "1";
    block(true);
    try {
      const answer = await fetch("/index.xhtml", { method: "POST", headers: { "faces-request": "partial/ajax" }, body });
      const text = await answer.text();
      if ((answer.headers.get("content-type") || "").startsWith("text/xml")) take(text);
      else whole(text);
    } catch {
      growl("Bağlantı hatası", "Sunucuya ulaşılamadı. Lütfen sayfayı yenileyip yeniden deneyiniz.");
    } finally {
      delete form.dataset.busy;
      block(false);
    }
  };

  // --- drawn boxes ---------------------------------------------------------------------------------------------

  const draw = (input) => {
    const box = input.parentElement.nextElementSibling;
    const mark = box.firstElementChild;
    box.classList.toggle("ui-state-active", input.checked);
    mark.classList.toggle("ui-icon-blank", !input.checked);
    mark.classList.toggle(input.type === "radio" ? "ui-icon-bullet" : "ui-icon-check", input.checked);
  };
  document.addEventListener("change", (event) => {
    if (!event.target.closest(".ui-helper-hidden-accessible")) return;
    for (const input of document.querySelectorAll(".ui-helper-hidden-accessible input")) draw(input);
  });
  document.addEventListener("click", (event) => {
    const drawn = event.target.closest(".ui-chkbox-box, .ui-radiobutton-box, .ui-chkbox-label");
    const input = drawn?.closest(".ui-row")?.querySelector("input");
    if (!input) return;
    input.checked = input.type === "radio" || !input.checked;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("DOMContentLoaded", settle);

  const close = (button, cookie) => {
    document.cookie = `${cookie}=1; path=/; SameSite=Lax`;
    button.closest(".ui-dialog-mask, .cookie-strip").remove();
  };

  return { ab, close };
})();
