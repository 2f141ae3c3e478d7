// The description of the whole frame: blocks, dialogs, alerts, whether it moves on by itself.
const PAGE_PARTS = 'header,nav,main,footer,aside,[role=banner],[role=navigation],[role=main],[role=contentinfo]';
const MOST_IN_A_PART = 8;
const parts = boxes.filter(([el, , , count]) => count <= MOST_IN_A_PART && !el.matches('body,main,[role=main]')
  && !el.querySelector(PAGE_PARTS)).map(([, from, to]) => [from, to]);
// Dialogs in sight, by their own markup. A modal one lets nothing behind it be used.
const isInView = (el) => {
  const box = el.getBoundingClientRect();
  return box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
};
const isModal = (el) => el.matches(':modal,[aria-modal=true],[role=alertdialog]');
const dialogs = [...spans].filter(([el]) => el.matches(DIALOGS) && isShown(el) && isInView(el))
  .map(([el, span]) => ({ el, span, modal: isModal(el) }));
const isMovingOn = () => {
  const told = document.querySelector('meta[http-equiv=refresh i]')?.content.match(/^\s*(\d+)[\s\d.]*[;,]\s*url\s*=/i);
  return told ? Number(told[1]) <= LONGEST_HOP_S : false;
};
const description = () => {
  const alerts = [...document.querySelectorAll('[role=alert],.fieldError,.alert.error')]
    .filter(isShown).map((el) => clean(el.textContent)).filter(Boolean);
  return {
    url: location.href, title: document.title, ready: document.readyState,
    document: performance.timeOrigin, text, runs, headings, boxes: parts, alerts, moving: isMovingOn(),
    status: performance.getEntriesByType('navigation')[0]?.responseStatus || 0,
    dialogs: dialogs.map(({ span, modal }) => ({ span, modal })),
    controls: elements.map(describe),
  };
};
