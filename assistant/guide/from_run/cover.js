// Before a picture, covers what may be personal with opaque boxes: every digit, every field's content, and every
// capitalised word that isn't one of the portal's own words (`keep`, folded). Pictures that the
// page drew itself are covered whole. Changes nothing in the page: the boxes lie over it.
// Returns functions that check whether everything is still covered and that remove the boxes.
({ keep }, glass) => {
  const own = new Set(keep);
  const fold = (text) => text.replace(/[\u0130I\u0131i]/g, 'i').toLowerCase();
  const isPersonal = (word, capitals) => /\p{Nd}/u.test(word) || word.includes('@')
    || ((capitals || /^\p{Lu}/u.test(word)) && !own.has(fold(word)));
  const PAD = 3;

  // A name is a row of capitalised words: if one of them is personal, all of them are.
  const personalWords = (text, capitals) => {
    const words = [...text.matchAll(/[\p{L}\p{N}@][\p{L}\p{N}\p{M}@._]*/gu)];
    const said = words.map((word) => word[0].replace(/[._]+$/, ''));
    const personal = said.map((word) => isPersonal(word, capitals));
    const isInRow = (at) => (capitals || /^\p{Lu}/u.test(said[at])) && at + 1 < words.length
      && (capitals || /^\p{Lu}/u.test(said[at + 1]))
      && /^[\s-]*$/.test(text.slice(words[at].index + words[at][0].length, words[at + 1].index));
    for (let at = 0; at < words.length; at += 1) if (isInRow(at) && personal[at]) personal[at + 1] = true;
    for (let at = words.length - 1; at >= 0; at -= 1) if (isInRow(at) && personal[at + 1]) personal[at] = true;
    return words.filter((_, at) => personal[at]);
  };

  const boxes = () => {
    const found = [];
    const add = (rects) => { for (const r of rects) if (r.width && r.height) found.push([r.x, r.y, r.width, r.height]); };
    const read = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        const parent = node.parentElement;
        const capitals = parent && /uppercase|capitalize/.test(getComputedStyle(parent).textTransform);
        for (const match of personalWords(node.data, capitals)) {
          const range = document.createRange();
          range.setStart(node, match.index);
          range.setEnd(node, match.index + match[0].length);
          add(range.getClientRects());
        }
        return;
      }
      if (node.nodeType === Node.ELEMENT_NODE) {
        const name = node.localName;
        if (/^(script|style|noscript|template)$/.test(name)) return;
        const isField = /^(input|textarea|select)$/.test(name)
          && !/^(submit|button|reset|checkbox|radio|hidden|image)$/.test(node.type);
        const isMade = /^(canvas|video|object|embed|iframe)$/.test(name)
          || (name === 'img' && !/^https?:/.test(node.currentSrc || node.src));
        const isButton = name === 'input' && /^(submit|button|reset)$/.test(node.type);
        const isSaid = isButton && personalWords(node.value, false).length > 0;
        if ((isField && node.value) || isSaid || (isMade && name !== 'iframe')) add(node.getClientRects());
        if (node.shadowRoot) read(node.shadowRoot);
      }
      for (const child of node.childNodes) read(child);
    };
    read(document);
    return found;
  };

  const { host, root, lay } = glass('div { position: fixed; background: #3b4252; border-radius: 2px; }');
  const covered = boxes();
  for (const [x, y, width, height] of covered) {
    const box = document.createElement('div');
    box.style.cssText = `left:${x - PAD}px;top:${y - PAD}px;`
      + `width:${width + 2 * PAD}px;height:${height + 2 * PAD}px`;
    root.append(box);
  }
  lay();
  const isInside = ([x, y, width, height]) => covered.some(([a, b, c, d]) =>
    x >= a - PAD && y >= b - PAD && x + width <= a + c + PAD && y + height <= b + d + PAD);
  return {
    holds: () => host.isConnected && boxes().every(isInside),
    remove: () => host.remove(),
  };
}
