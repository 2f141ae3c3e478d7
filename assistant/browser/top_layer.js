// Puts a sheet of glass over the page that the page can neither style nor find: outside <body>, in a closed shadow root,
// and, once `lay` was called, in the top layer. Nothing on it can be clicked. `css` styles what is put into `root`.
(css) => {
  const host = document.createElement('div');
  host.setAttribute('aria-hidden', 'true');
  host.style.cssText = 'all:initial!important;display:block!important;position:fixed!important;inset:0!important;'
    + 'width:100%!important;height:100%!important;margin:0!important;padding:0!important;border:0!important;'
    + 'background:none!important;overflow:visible!important;pointer-events:none!important;z-index:2147483647!important';
  const root = host.attachShadow({ mode: 'closed' });
  // A sheet made by a script isn't subject to the page's CSP; a <style> element would be.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const lay = () => {
    document.documentElement.append(host);
    try {
      host.popover = 'manual';
      host.showPopover();
    } catch { /* an older browser: it lies below modal dialogs */ }
  };
  return { host, root, lay };
}
