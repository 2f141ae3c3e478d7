// Makes a page safe for a screenshot: replaces every digit, every word in `hide` and every field's content with
// opaque blocks in the text itself, so that the picture never contains them. What the page's scripts write afterwards
// is masked before it is painted. Runs in every frame; returns what tells this document from the next. Does nothing
// and returns null if the document isn't the one at `address`: we checked a different one.
({ hide, address }) => {
  if (location.href !== address) return null;
  const BLOCK = '\u2588';
  const blocks = (text) => BLOCK.repeat([...text].length);
  const fold = (text) => text.replace(/[\u0130I\u0131i]/g, 'i').toLowerCase();
  const words = hide.map(fold).filter((word) => word.length > 1);
  const masked = (text) => {
    const out = text.split('');
    const folded = out.map((unit) => fold(unit)[0] ?? unit).join('');
    for (const word of words) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
        out.fill(BLOCK, at, at + word.length);
      }
    }
    return out.join('').replace(/\p{Nd}/gu, BLOCK);
  };
  const watched = new WeakSet();
  const maskText = (node) => {
    const safe = masked(node.data);
    if (safe !== node.data) node.data = safe;
  };
  const maskNode = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { maskText(node); return; }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (/^(input|textarea)$/.test(node.localName)) {
        if (/^(submit|button|reset|checkbox|radio|hidden|image)$/.test(node.type)) {
          const safe = masked(node.value);
          if (safe !== node.value) node.value = safe;
        } else if (node.value && node.value !== blocks(node.value)) {
          if (!/^(text|password|search|textarea)$/.test(node.type)) node.type = 'text';
          node.value = blocks(node.value);
        }
        if (node.placeholder && masked(node.placeholder) !== node.placeholder) node.placeholder = masked(node.placeholder);
      }
      if (/^(canvas|video|object|embed)$/.test(node.localName) || (node.localName === 'img' && !/^https?:/.test(node.src))) {
        node.style.setProperty('visibility', 'hidden', 'important');
      }
      if (node.shadowRoot) watch(node.shadowRoot);
    }
    for (const child of node.childNodes) maskNode(child);
  };
  const watch = (root) => {
    if (watched.has(root)) return;
    watched.add(root);
    new MutationObserver((changes) => {
      for (const { target } of changes) maskNode(target);
    }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['value'] });
    maskNode(root);
  };
  watch(document);
  // If one is on its way already, leave it.
  window.stop();
  return performance.timeOrigin;
}
