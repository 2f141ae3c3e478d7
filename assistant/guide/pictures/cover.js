// Puts opaque boxes over `boxes` and a ribbon saying `ribbon` into an empty corner, above everything the page
// shows. Returns how to remove them, and where the ribbon is.
({ boxes, ribbon, pad }, glass) => {
  const { host, root, lay } = glass(`
    .mask { position: fixed; color-scheme: only light; background: #46505e; }
    .ribbon { position: fixed; color-scheme: only light; padding: 5px 11px; border-radius: 6px; background: #fff3bf; color: #3b2f00;
      border: 1px solid #8a6d00; font: 700 13px/1.2 system-ui, "Liberation Sans", Arial, sans-serif;
      letter-spacing: .04em; white-space: nowrap; }`);
  const still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after { animation: none !important; transition: none !important; '
    + 'caret-color: transparent !important; }');
  document.adoptedStyleSheets.push(still);
  for (const [x, y, width, height] of boxes) {
    const box = document.createElement('div');
    box.className = 'mask';
    box.style.cssText = `left:${Math.floor(x - pad)}px;top:${Math.floor(y - pad)}px;`
      + `width:${Math.ceil(width + 2 * pad)}px;height:${Math.ceil(height + 2 * pad)}px`;
    root.append(box);
  }
  lay();
  let at = null;
  if (ribbon) {
    const strip = document.createElement('div');
    strip.className = 'ribbon';
    strip.textContent = ribbon;
    root.append(strip);
    const { width, height } = strip.getBoundingClientRect();
    const gap = 10;
    // Empty: no text, field or picture of the page is there.
    const isFree = (x, y) => {
      for (let across = 0; across <= 6; across += 1) {
        for (let down = 0; down <= 2; down += 1) {
          const el = document.elementFromPoint(x + (width * across) / 6, y + (height * down) / 2);
          if (!el) continue;
          if (/^(a|button|input|select|textarea|img|svg|label|iframe|canvas)$/i.test(el.localName)) return false;
          for (const node of el.childNodes) {
            if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            for (const box of range.getClientRects()) {
              if (box.right > x - 4 && box.left < x + width + 4 && box.bottom > y - 2 && box.top < y + height + 2) return false;
            }
          }
        }
      }
      return true;
    };
    const right = innerWidth - width - gap;
    let best = [right, innerHeight - height - gap];
    search: for (let y = innerHeight - height - gap; y > gap; y -= 8) {
      for (const x of [right, gap]) if (isFree(x, y)) { best = [x, y]; break search; }
    }
    strip.style.left = `${best[0]}px`;
    strip.style.top = `${best[1]}px`;
    at = [...best, width, height];
  }
  const clear = () => {
    host.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== still);
  };
  return { clear, ribbon: at };
}
