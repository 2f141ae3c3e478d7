// Pages change in the browser: a link or a form of this site is fetched, and the answer replaces the page.
let journey = 0;

const appOf = (root) => root.querySelector("ks-app");

const show = (html, address, { push = true } = {}) => {
  const next = new DOMParser().parseFromString(html, "text/html");
  if (push) history.pushState({}, "", address);
  const app = appOf(next);
  if (!app) {
    document.open(); // not a page made by this site
    document.write(html);
    document.close();
    return;
  }
  document.title = next.title;
  appOf(document).replaceChildren(...app.childNodes);
  const known = new Set([...document.scripts].map((script) => script.src));
  for (const { src } of next.querySelectorAll("head script[src]")) {
    const script = document.createElement("script");
    const address_ = new URL(src, location.href).href;
    if (known.has(address_)) continue;
    script.src = address_;
    document.head.append(script);
  }
  scrollTo(0, 0);
  document.querySelector("main")?.focus({ preventScroll: true });
  document.dispatchEvent(new Event("portal:drawn"));
};

const go = async (address, request = {}, how = {}) => {
  const mine = ++journey;
  const app = appOf(document);
  app.setAttribute("busy", "");
  try {
    const answer = await fetch(address, { ...request, headers: { accept: "text/html" } });
    const html = await answer.text();
    if (mine === journey) show(html, answer.url, how);
  } catch {
    if (mine !== journey) return;
    if (!request.method) location.assign(address); // the browser says what is wrong
    else {
      const alert = document.createElement("ks-alert");
      alert.setAttribute("kind", "error");
      alert.setAttribute("role", "alert");
      alert.textContent = "Sunucuya ulaşılamadı. Lütfen sayfayı yenileyip yeniden deneyiniz.";
      document.querySelector("main").prepend(alert);
    }
  } finally {
    if (mine === journey) app.removeAttribute("busy");
  }
};

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  const href = link?.getAttribute("href");
  if (!href || href.startsWith("#") || link.target || link.hasAttribute("download")) return;
  if (link.origin !== location.origin) return;
  event.preventDefault();
  void go(link.href);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  event.preventDefault();
  void go(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
});
addEventListener("popstate", () => void go(location.href, {}, { push: false }));
