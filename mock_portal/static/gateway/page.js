// Every page: a form is submitted once, the 2020 tabs and the 2026 menus work by mouse and keyboard.

for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
// The Back button shows the cached page, whose forms may be submitted again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

const tabs = [...document.querySelectorAll("[role=tab][data-href]")];
tabs.forEach((tab, place) => {
  const open = () => location.assign(tab.dataset.href);
  tab.addEventListener("click", open);
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) tabs[(place + step + tabs.length) % tabs.length].focus();
    else if (event.key === "Enter" || event.key === " ") open();
    else return;
    event.preventDefault();
  });
});

for (const button of document.querySelectorAll("#other_logins_btn, #login_type_btn")) {
  const list = document.getElementById(button.getAttribute("aria-controls"));
  const show = (open) => {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(list.hidden));
  document.addEventListener("click", (event) => {
    if (!button.contains(event.target) && !list.contains(event.target)) show(false);
  });
  for (const part of [button, list]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || list.hidden) return;
      show(false);
      button.focus();
    });
  }
}
