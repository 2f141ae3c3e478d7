// All visible text of a frame in document order, with the values of its text fields in their places.
// Only ever run on the signing screen, where a field may show the code. Password fields are never read.
() => {
  const unread = /^(script|style|template|noscript|select)$/;
  const out = [];
  const walk = (node) => {
    for (const child of node.shadowRoot ? node.shadowRoot.childNodes : node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        if (!node.checkVisibility || node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
          out.push(child.data.replace(/\s+/g, ' '));
        }
      } else if (child.nodeType === Node.ELEMENT_NODE && !unread.test(child.localName)) {
        if (!child.checkVisibility({ opacityProperty: true, visibilityProperty: true })
            && getComputedStyle(child).display !== 'contents') continue;
        const flat = getComputedStyle(child).display.startsWith('inline');
        out.push(flat ? '' : '\n');
        const field = child.localName === 'textarea' || child.localName === 'output'
          || (child.localName === 'input' && /^(text|tel|number|search|)$/.test(child.type));
        if (field && child.localName !== 'output') out.push(' ' + child.value + ' ');
        else walk(child);
        out.push(flat ? '' : '\n');
      }
    }
  };
  walk(document.body);
  return out.join('');
}
