// Rings when something in this document changes, so that the observer need not poll.
// Runs in every frame before the page's own scripts. A ring is one line on the debug console: it needs no name in
// the page's own scope and tells the page nothing.
(() => {
  if (!ALLOWED_ORIGINS.test(self.origin)) return;
  const say = console.debug.bind(console);
  const quietMs = 30;
  let lastRing = 0;
  let pending = 0;
  const ring = () => {
    pending = 0;
    lastRing = performance.now();
    say('eonay:changed');
  };
  const changed = () => {
    if (pending) return;
    const wait = lastRing + quietMs - performance.now();
    if (wait <= 0) ring();
    else pending = setTimeout(ring, wait);
  };
  const watch = (root) => new MutationObserver(changed).observe(root, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  watch(document);
  // That somebody pressed, and nothing of what: a tab may leave the gateway for a bank only by the person's own press.
  window.addEventListener('click', (event) => { if (event.isTrusted) say('eonay:pressed'); }, { capture: true, passive: true });
  for (const name of ['readystatechange', 'transitionend', 'animationend', 'change', 'toggle', 'close']) {
    document.addEventListener(name, changed, { capture: true, passive: true });
  }
  for (const name of ['load', 'pageshow', 'resize', 'hashchange', 'popstate']) {
    window.addEventListener(name, changed, { passive: true });
  }
  changed();
})();
