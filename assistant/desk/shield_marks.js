// Marks the controls that the shield holds, on the glass: a dashed, hatched frame with a no-entry sign at its corner.
// The marks have no words, so our reading of the page doesn't change. Everything that moves is inside the glass.
(_about, glass) => {
  globalThis.shieldMarks?.clear();
  const dangers = globalThis.shield?.dangers() ?? [];
  if (!dangers.length) return 0;
  const { host, root, lay } = glass(`
    .mark { position: fixed; box-sizing: border-box; pointer-events: none; border: 2px dashed #a3211f; border-radius: 8px;
      background: repeating-linear-gradient(-45deg, transparent 0 9px, #a3211f1c 9px 12px); }
    .sign { position: absolute; top: -9px; right: -9px; width: 20px; height: 20px; border-radius: 50%; background: #a3211f;
      box-shadow: 0 0 0 2px #fff; }
    .sign::after { content: ""; position: absolute; left: 4px; right: 4px; top: 8px; height: 4px; background: #fff; }
    .held { border-style: solid; border-width: 4px; }
    @media (forced-colors: active) { .mark { border-color: LinkText; } .sign { forced-color-adjust: none; } }`);
  const marks = dangers.map(({ el }) => {
    const mark = document.createElement('div');
    const sign = document.createElement('div');
    mark.className = 'mark';
    sign.className = 'sign';
    mark.append(sign);
    root.append(mark);
    return { el, mark, at: '' };
  });
  let frame = 0;
  const place = () => {
    for (const one of marks) {
      const box = one.el.getBoundingClientRect();
      const at = one.el.isConnected && box.width > 0 ? `${box.x} ${box.y} ${box.width} ${box.height}` : '';
      if (at === one.at) continue;
      one.at = at;
      one.mark.style.display = at ? 'block' : 'none';
      one.mark.style.left = `${box.x}px`;
      one.mark.style.top = `${box.y}px`;
      one.mark.style.width = `${box.width}px`;
      one.mark.style.height = `${box.height}px`;
    }
    frame = requestAnimationFrame(place);
  };
  lay();
  place();
  globalThis.shieldMarks = {
    clear: () => { cancelAnimationFrame(frame); host.remove(); delete globalThis.shieldMarks; },
    held: () => marks.forEach(({ mark }) => mark.classList.add('held')),
  };
  return marks.length;
}
