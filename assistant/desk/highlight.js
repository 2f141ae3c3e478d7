// Points at one element of the portal's page: a ring around it that cannot be clicked and covers nothing.
// Lives outside <body>, in a closed shadow root in the top layer, so that the page's style does not reach it and
// nobody takes it for a part of the page. Everything that moves is inside the shadow root.
(element) => {
  const host = document.createElement('div');
  host.setAttribute('aria-hidden', 'true');
  host.style.cssText = 'all:initial!important;position:fixed!important;inset:0!important;width:100%!important;'
    + 'height:100%!important;margin:0!important;padding:0!important;border:0!important;background:none!important;'
    + 'overflow:visible!important;pointer-events:none!important;z-index:2147483647!important';
  const root = host.attachShadow({ mode: 'closed' });
  // A sheet made by a script needs no leave of the page's own policy, which a <style> element would.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    div { position: fixed; box-sizing: border-box; pointer-events: none; border: 3px solid #d9480f; border-radius: 9px;
      box-shadow: 0 0 0 1px #fff; }
    @media (prefers-reduced-motion: no-preference) {
      div { animation: eonay-here 1.6s ease-in-out infinite; }
      @keyframes eonay-here { 50% { border-color: #d9480f55; } }
    }
    @media (forced-colors: active) { div { border-color: Highlight; } }`);
  root.adoptedStyleSheets = [sheet];
  const ring = root.appendChild(document.createElement('div'));
  // A box that its own label draws is pointed at by the label.
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
  const box = target.getBoundingClientRect();
  if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) {
    target.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  }
  document.documentElement.append(host);
  try {
    host.popover = 'manual';
    host.showPopover();
  } catch { /* an older browser: the ring lies below modal dialogs */ }
  place();
  return {
    alive: () => host.isConnected && target.isConnected,
    clear: () => { cancelAnimationFrame(frame); host.remove(); },
  };
}
