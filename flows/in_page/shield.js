// Holds the person's own press on anything destructive: revoking, withdrawing, lifting, PINs and passwords. It runs where
// bell.js does, before the page's first script, and at each event judges what is there at that moment (see threats.js).
// Anything harmless isn't touched. A press the assistant has checked is left to the guard that bell.js keeps over it.
(() => {
  if (globalThis.shield || !ALLOWED_ORIGINS.test(self.origin) || AWAY.test(new URL(self.origin).hostname)) return;
  const say = SAY;
  const see = SEE;
  let words = null;
  const LASTS_MS = 300;
  const OPEN_MS = 120000;
  const BEHIND_MS = 5000;
  const LONGEST_LABEL = 80;
  // What the program said of this page; which danger the person asked for, once or from the start.
  let verdict = null;
  let leave = null;
  let behind = null;
  const wanted = new Set(OPEN);

  // --- one look serves the few events of a press, as long as nothing changes ---
  let seen = null;
  const changes = new MutationObserver(() => { seen = null; });
  changes.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  const look = () => {
    if (changes.takeRecords().length || !seen || performance.now() - seen.at > LASTS_MS) {
      words ??= WORDS;
      seen = { at: performance.now(), page: see({ hidden: true, words, verdict }) };
    }
    return seen.page;
  };

  // --- the person's second word ---
  const lets = (kind, isDone) => {
    const now = performance.now();
    if (wanted.has(kind) || (behind?.kind === kind && now < behind.until)) return true;
    if (leave?.kind !== kind || now > leave.until) return false;
    if (isDone) {
      behind = { kind, until: now + BEHIND_MS };  // what the press sets off belongs to it
      leave = null;
    }
    return true;
  };
  const tell = (kind, label) => say(`held ${JSON.stringify({ kind, label: label.slice(0, LONGEST_LABEL) })}`);

  // --- events ---
  // On their own these are harmless, as scrolling and selecting are; we only keep them from the page.
  const BEFORE = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'touchstart', 'touchend'];
  const PRESSES = ['click', 'auxclick', 'dblclick', 'keydown', 'keypress', 'keyup'];
  // On a link these can open a tab that no listener of ours is in.
  const OPENING = ['contextmenu', 'dragstart'];
  const GUARDED = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'submit'];
  const isOwn = (event) => globalThis.bell?.armed && GUARDED.includes(event.type) && event.isTrusted;
  const isKey = (event) => event.type.startsWith('key');
  const isPress = (event, page) => !isKey(event)
    || (/^(?:Enter| )$/.test(event.key) && !event.isComposing && !page.isTyped(event.composedPath()[0]));
  const hold = (event) => {
    event.stopImmediatePropagation();
    if (!BEFORE.includes(event.type)) event.preventDefault();
  };
  const heed = (event) => {
    if (isOwn(event) || (isKey(event) && !/^(?:Enter| )$/.test(event.key))) return;
    if (OPENING.includes(event.type) && !event.composedPath().some((node) => node.localName === 'a' || node.localName === 'area')) return;
    const page = look();
    if (!isPress(event, page)) return;
    const found = page.upon(event.composedPath());
    if (REPORTS && event.type === 'click' && event.isTrusted) say(`pressed ${JSON.stringify(page.pressed(event.composedPath()))}`);
    if (!found || (!OPENING.includes(event.type) && lets(found.kind, /^(?:aux)?click$/.test(event.type)))) return;
    hold(event);
    if (!BEFORE.includes(event.type) && event.type !== 'keyup') tell(found.kind, found.label);
  };
  const heedSubmit = (event) => {
    const form = event.composedPath()[0];
    if (isOwn(event) || form?.localName !== 'form') return;
    const kind = look().sending(form, event.submitter);
    if (!kind || lets(kind, true)) return;
    hold(event);
    tell(kind, event.submitter ? look().labelOf(event.submitter) : '');
  };
  const heedNavigation = (event) => {
    const { destination, sourceElement: source } = event;
    if (!event.cancelable || destination.sameDocument || /reload|traverse/.test(event.navigationType) || event.downloadRequest !== null) return;
    if (/^(?:a|area)$/.test(source?.localName) && source.isConnected) return;  // judged when it was pressed
    const form = event.formData || source?.localName === 'form' ? source?.form || source : null;
    const kind = form?.localName === 'form' ? look().sending(form, form === source ? null : source) : look().leading(destination.url);
    if (!kind || lets(kind, true)) return;
    event.preventDefault();
    tell(kind, '');
  };
  const listen = () => {
    for (const name of [...BEFORE, ...PRESSES, ...OPENING]) {
      window.addEventListener(name, heed, { capture: true, passive: name.startsWith('touch') });
    }
    window.addEventListener('submit', heedSubmit, true);
    globalThis.navigation?.addEventListener('navigate', heedNavigation);
  };
  listen();
  globalThis.shield = {
    listen,
    judged: (text, danger) => { verdict = { text, danger }; seen = null; },
    leave: (kind) => { leave = kind && { kind, until: performance.now() + OPEN_MS }; },
    dangers: () => look().all().filter(({ kind }) => !wanted.has(kind)),
  };
})();
