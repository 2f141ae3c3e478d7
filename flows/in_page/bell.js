// Rings when something in this document changes, so that the observer need not poll, and stands guard over presses.
// Runs in a world of its own, in every frame, before the page's own scripts: the page neither sees nor reaches anything
// here and can't speak for it. Words go out through SAY, a function that only this world has.
(() => {
  if (globalThis.bell || !ALLOWED_ORIGINS.test(self.origin)) return;
  const say = SAY;
  const quietMs = 30;
  let lastRing = 0;
  let pending = 0;
  const ring = () => {
    pending = 0;
    lastRing = performance.now();
    say('changed');
  };
  const changed = () => {
    if (pending) return;
    const wait = lastRing + quietMs - performance.now();
    if (wait <= 0) ring();
    else pending = setTimeout(ring, wait);
  };
  // Looks at each event of a press before the page does; null while nothing is armed.
  let check = null;
  // While the person points: the next press is caught before the page hears any of it, and we keep what it hit.
  let pointing = false;
  let caught = null;
  // Pressing twice out of habit, or holding the key, means one press: we catch the rest of it too.
  const REST_MS = 700;
  let restUntil = 0;
  const isRest = () => !pointing && performance.now() < restUntil;
  const takes = (event) => {
    if (!(pointing || isRest()) || !event.isTrusted) return false;
    if (event.type.startsWith('key') && event.key !== 'Enter' && event.key !== ' ') return false;
    event.stopImmediatePropagation();
    if (event.type.startsWith('touch')) return true;  // otherwise no press would follow
    event.preventDefault();
    restUntil = performance.now() + REST_MS;
    if (!pointing) return true;
    const path = event.composedPath();
    if (event.type === 'pointerdown') {
      caught = path;
    } else if (event.type === 'click' || event.type === 'keydown') {
      caught ??= path;
      pointing = false;
      say('pointed');
    } else if (event.type === 'pointerup') {
      setTimeout(() => { if (pointing && caught) { pointing = false; say('pointed'); } });  // a disabled control gets no click
    }
    return true;
  };
  const point = (on) => {
    pointing = on;
    caught = null;
  };
  const heed = (event) => {
    if (!event.isTrusted || takes(event)) return;
    // Only that somebody pressed, not what: a tab may leave the gateway for a bank only by the person's own press.
    if (event.type === 'click') say('pressed');
    check?.(event);
  };
  // document.open removes all listeners; one that survived isn't added twice.
  const listen = () => {
    for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) window.addEventListener(name, heed, true);
    for (const name of ['keydown', 'keyup', 'dblclick', 'auxclick', 'contextmenu']) window.addEventListener(name, takes, true);
    for (const name of ['touchstart', 'touchend']) window.addEventListener(name, takes, { capture: true, passive: true });
    for (const name of ['readystatechange', 'transitionend', 'animationend', 'change', 'toggle', 'close']) {
      document.addEventListener(name, changed, { capture: true, passive: true });
    }
    for (const name of ['load', 'pageshow', 'resize', 'hashchange', 'popstate']) {
      window.addEventListener(name, changed, { passive: true });
    }
    globalThis.shield?.listen();
  };
  const guard = (ms, lets) => {
    pointing = false;
    restUntil = 0;
    let told = false;
    const own = (event) => {
      if (!lets(event)) {
        if (!told) say('missed');
        told = true;
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (event.type === 'pointerup') setTimeout(release);  // the click, if there is one, comes first
    };
    const release = () => { if (check === own) check = null; };
    check = own;
    setTimeout(release, ms);
  };
  new MutationObserver(() => { listen(); changed(); }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  listen();
  // `first`: it was here before any script of the page. `see`: the look at a page, kept here so that a look needn't bring
  // its 76 KB along; V8 compiles it on the first call.
  globalThis.bell = {
    first: FIRST, see: SEE, listen, guard, release: () => { check = null; }, point, caught: () => caught, get armed() { return check !== null; },
  };
  changed();
})();
