// Says in the portal's window that the panel is gone and how to come back: a strip on the glass that takes no clicks.
(words, glass) => {
  globalThis.comeBack?.();
  const { host, root, lay } = glass(`
    div { position: fixed; left: 0; right: 0; bottom: 0; box-sizing: border-box; pointer-events: none; padding: 10px 16px;
      background: #fff8ec; color: #1c2430; border-top: 3px solid #8a4b00; font: 16px/1.45 system-ui, sans-serif; }
    @media (forced-colors: active) { div { border-color: Highlight; } }`);
  const strip = root.appendChild(document.createElement('div'));
  strip.textContent = words;
  lay();
  globalThis.comeBack = () => { host.remove(); delete globalThis.comeBack; };
}
