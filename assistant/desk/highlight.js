// Points at one element of the portal's page with a ring around it that can't be clicked and covers nothing.
// Everything that moves is inside the glass.
(element, glass) => {
  const { host, root, lay } = glass(`
    div { position: fixed; box-sizing: border-box; pointer-events: none; border: 3px solid #d9480f; border-radius: 9px;
      box-shadow: 0 0 0 1px #fff; }
    @media (prefers-reduced-motion: no-preference) {
      div { animation: eonay-here 1.6s ease-in-out infinite; }
      @keyframes eonay-here { 50% { border-color: #d9480f55; } }
    }
    @media (forced-colors: active) { div { border-color: Highlight; } }`);
  const ring = root.appendChild(document.createElement('div'));
  // If a label draws the box, the ring goes around the label.
  const target = element.checkVisibility?.({ opacityProperty: true }) ? element : (element.labels?.[0] || element);
  const gap = 5;
  let frame = 0;
  const place = () => {
    const box = target.getBoundingClientRect();
    const shown = target.isConnected && box.width > 0 && box.height > 0;
    ring.style.display = shown ? 'block' : 'none';
    const style = `${box.x - gap}px ${box.y - gap}px ${box.width + 2 * gap}px ${box.height + 2 * gap}px`;
    if (style !== ring.dataset.at) {
      ring.dataset.at = style;
      ring.style.left = `${box.x - gap}px`;
      ring.style.top = `${box.y - gap}px`;
      ring.style.width = `${box.width + 2 * gap}px`;
      ring.style.height = `${box.height + 2 * gap}px`;
    }
    frame = requestAnimationFrame(place);
  };
  // It has been scrolled to, and the browser goes on with Tab after what was last scrolled to: Tab would skip the very
  // thing we point at. So what comes just before it has to be the last.
  const justBefore = () => {
    let before = target.previousElementSibling;
    while (before && !before.getClientRects().length) before = before.previousElementSibling;
    if (!before) return target.parentElement;
    while (before.lastElementChild?.getClientRects().length) before = before.lastElementChild;
    return before;
  };
  justBefore()?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const box = target.getBoundingClientRect();
  if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) {
    target.scrollIntoViewIfNeeded(true); // leaves the keyboard where it is
  }
  lay();
  place();
  return {
    alive: () => host.isConnected && target.isConnected,
    clear: () => { cancelAnimationFrame(frame); host.remove(); },
  };
}
