// The description of the whole frame: blocks, alerts, whether it moves on by itself.
const PAGE_PARTS = 'header,nav,main,footer,aside,[role=banner],[role=navigation],[role=main],[role=contentinfo]';
const MOST_IN_A_PART = 8;
const isPart = ([el, , , count]) => count <= MOST_IN_A_PART && !el.matches('body,main,[role=main]') && !el.querySelector(PAGE_PARTS);
const parts = boxes.filter(isPart).map(([, from, to]) => [from, to]);
const isMovingOn = () => {
  const told = document.querySelector('meta[http-equiv=refresh i]')?.content.match(/^\s*(\d+)[\s\d.]*[;,]\s*url\s*=/i);
  return told ? Number(told[1]) <= LONGEST_HOP_S : false;
};
// What pictures, bars and tooltips say: a page may tell its state with these alone.
const HINTING = ['alt', 'aria-label', 'aria-valuetext', 'title'];
const hintsOf = (el) => [
  ...HINTING.map((name) => (around(el, INTERACTIVE) ? '' : el.getAttribute(name))),
  el.localName === 'svg' && !around(el, INTERACTIVE) ? el.querySelector(':scope > title')?.textContent : '',
].map((said) => clean(said || '')).filter(Boolean);
// A status is often shown in a field that nobody can write into. No other field is read, and of those only what is about E-Onay.
const ABOUT_CONSENT = /\be[-\s]?onay|\bonay(?:ınız|ım|ı)? (?:durum|bilgi|var|ver)|\bonayınız/iu;
const isFixed = (el) => (el.localName === 'textarea' || (el.localName === 'input' && el.type === 'text')) && (el.readOnly || el.matches(':disabled'));
const fixedHints = () => elements.filter(({ el }) => isFixed(el) && isShown(el)).map((entry) => {
  const value = clean(entry.el.value);
  return ABOUT_CONSENT.test(value) ? value : `${namesOf(entry)[0] || near(entry.at, -1)}: ${value}`;
}).filter((said) => ABOUT_CONSENT.test(said));
const hints = () => [...[...places.keys()].filter((el) => el.attributes.length && hintsOf(el).length && isShown(el)).flatMap(hintsOf), ...fixedHints()];
const description = () => {
  const alerts = [...document.querySelectorAll('[role=alert],.fieldError,.alert.error')]
    .filter(isShown).map((el) => clean(el.textContent)).filter(Boolean);
  return {
    url: location.href, title: document.title, ready: document.readyState,
    document: performance.timeOrigin, text, runs, headings, boxes: parts, alerts, moving: isMovingOn(),
    status: performance.getEntriesByType('navigation')[0]?.responseStatus || 0,
    marks: unsettledMarks(), asides: asides(), hints: hints(),
    dialogs: dialogs.map(({ el, span, modal }) => ({
      span, modal, title: titleOf(el), unread: modal && unreadIn(el).length > 0, frames: holdsFrame(el),
    })),
    controls: elements.map(describe),
  };
};
// {read: n} scrolls the n-th dialog to its end, as a reader would.
if (wanted.read !== undefined) {
  const parts = dialogs[wanted.read] ? unreadIn(dialogs[wanted.read].el) : [];
  parts.forEach((el) => el.scrollTo({ top: el.scrollHeight, behavior: 'instant' }));
  return parts.length > 0;
}
// {holding: true} says which dialog holds the frame `inner` of this document; -1 for none.
if (wanted.holding) return dialogs.findIndex(({ el }) => lineage(inner).includes(el));
