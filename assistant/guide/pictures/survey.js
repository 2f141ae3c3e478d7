// Finds what must be masked in one frame, and the words that marks are about. Changes nothing.
// hide: words that name the person; names: whether any run of capitalised words counts as a name, except those in
// `known` (folded); says: words to find; pictures: alternative texts of pictures to cover. Returns boxes in CSS pixels of the frame's viewport:
// { masks: [[kind, x, y, width, height]], says: [[box, …] for each] }. kind is name, number, code, field or picture.
({ hide, names, known, says, pictures }) => {
  const fold = (text) => text.normalize('NFC').replace(/[\u0130I\u0131i]/g, 'i').toLowerCase().replace(/\u0307/g, '')
    .replace(/[\u2010-\u2015]/g, '-').replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"');
  const words = hide.map((word) => fold(word).replace(/\s+/g, ' ')).filter((word) => word.length > 1);
  const vocabulary = new Set(known);
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const masks = [];
  const add = (kind, box) => {
    if (box.width > 0 && box.height > 0) masks.push([kind, box.x, box.y, box.width, box.height]);
  };
  const isLetter = (c) => c !== undefined && /[\p{L}\p{Nd}]/u.test(c);

  // Each letter of the folded text knows which letter of the page it came from.
  const folded = (text) => {
    let out = '';
    const from = [];
    for (let at = 0; at < text.length; at += 1) {
      for (const c of fold(text[at])) {
        const space = /\s/.test(c);
        if (space && out.endsWith(' ')) continue;
        out += space ? ' ' : c;
        from.push(at);
      }
    }
    return { out, from };
  };
  const maskPart = (kind, node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    for (const box of range.getClientRects()) add(kind, box);
  };
  const maskText = (node) => {
    const { out, from } = folded(node.data);
    for (const word of words) {
      for (let at = out.indexOf(word); at >= 0; at = out.indexOf(word, at + 1)) {
        if (isLetter(out[at - 1]) || isLetter(out[at + word.length])) continue;
        maskPart('name', node, from[at], from[at + word.length - 1] + 1);
      }
    }
    for (const found of node.data.matchAll(/\p{Nd}(?:[\s.-]?\p{Nd})*/gu)) {
      const digits = found[0].replace(/\P{Nd}/gu, '').length;
      const kind = digits === 15 ? 'code' : digits === 11 || digits === 10 ? 'number' : '';
      if (kind) maskPart(kind, node, found.index, found.index + found[0].length);
    }
    if (names) {
      for (const found of node.data.matchAll(/\p{Lu}[\p{L}.]+(?:\s+\p{Lu}[\p{L}.]+)+/gu)) {
        if (found[0].split(/\s+/).every((word) => vocabulary.has(fold(word)))) continue;
        maskPart('name', node, found.index, found.index + found[0].length);
      }
    }
  };
  const isGroup = (el) => {
    if (!el.childElementCount || el.textContent.length > 60) return 0;
    const bare = el.textContent.replace(/[\s-]/g, '');
    return /^\p{Nd}+$/u.test(bare) ? bare.length : 0;
  };

  const wanted = says.map((text) => fold(text).replace(/\s+/g, ' ').trim());
  const found = wanted.map(() => []);
  const holds = (el, text) => folded(el.innerText ?? el.textContent).out.includes(text);
  const visit = (root) => {
    for (const node of root.childNodes) if (node.nodeType === Node.TEXT_NODE && node.data.trim()) maskText(node);
    for (const el of root.querySelectorAll('*')) {
      if (/^(script|style|template|noscript)$/.test(el.localName) || !shown(el)) continue;
      if (el.shadowRoot) visit(el.shadowRoot);
      if (el.localName === 'img' && pictures.includes(el.alt)) add('picture', el.getBoundingClientRect());
      if (/^(input|textarea)$/.test(el.localName)) {
        const typed = !/^(submit|button|reset|checkbox|radio|hidden|image)$/.test(el.type) && el.value;
        const digits = typed ? el.value.replace(/\P{Nd}/gu, '').length : 0;
        if (typed) add(digits === 15 ? 'code' : 'field', el.getBoundingClientRect());
        continue;
      }
      const group = isGroup(el);
      if (group === 15 || group === 11) add(group === 15 ? 'code' : 'number', el.getBoundingClientRect());
      for (const node of el.childNodes) if (node.nodeType === Node.TEXT_NODE && node.data.trim()) maskText(node);
      wanted.forEach((text, which) => {
        if (!holds(el, text) || [...el.children].some((child) => shown(child) && holds(child, text))) return;
        // The words themselves if they are one piece of text on one line, otherwise the element around them.
        let box = el.getBoundingClientRect();
        for (const node of el.childNodes) {
          const { out, from } = folded(node.nodeType === Node.TEXT_NODE ? node.data : '');
          const at = out.indexOf(text);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(node, from[at]);
          range.setEnd(node, from[at + text.length - 1] + 1);
          if (range.getClientRects().length === 1) box = range.getBoundingClientRect();
        }
        found[which].push([box.x, box.y, box.width, box.height]);
      });
    }
  };
  visit(document);
  return { masks, says: found };
}
