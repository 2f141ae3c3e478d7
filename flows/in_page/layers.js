// What lies over the page: dialogs by their own markup, and anything else by what is painted over what.
const lineage = (node) => {
  const up = [];
  for (; node; node = node.assignedSlot || node.parentNode || node.host) up.push(node);
  return up;
};
// Words given to a component are in its slot, but elementFromPoint returns the component itself.
const slotAt = (host, x, y) => {
  const range = document.createRange();
  for (const words of host.childNodes) {
    if (words.nodeType !== Node.TEXT_NODE || !words.assignedSlot) continue;
    range.selectNodeContents(words);
    if ([...range.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)) return words.assignedSlot;
  }
  return null;
};
const topmostAt = (x, y) => {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const inner = hit.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === hit) return slotAt(hit, x, y) || hit;
    hit = inner;
  }
  return hit;
};
// Everything at a point, topmost first.
const stackAt = (x, y, root = document) => root.elementsFromPoint(x, y).filter((el) => el.getRootNode() === root)
  .flatMap((el) => (el.shadowRoot ? [...stackAt(x, y, el.shadowRoot), el] : [el]));
const middleOf = (shape) => {
  const box = shape.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
};
const LAYERS = `${DIALOGS},[popover]`;
const isLayer = (node, under) => node instanceof Element && !under.includes(node)
  && (node.matches(LAYERS) || /^(fixed|sticky|absolute)$/.test(styleOf(node).position));
const isInView = (el) => {
  const box = el.getBoundingClientRect();
  return box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
};
const textOf = (el) => textWithin(spans.get(el) || [0, 0]);
// A scrim says nothing itself. What it belongs to is above it, often next to it in the tree.
const aboveScrim = (under) => {
  const seen = [...spans].filter(([el, span]) => isLayer(el, under) && isShown(el) && isInView(el) && textWithin(span)
    && lineage(topmostAt(...middleOf(el))).includes(el));
  return seen.find(([el]) => !seen.some(([other]) => other !== el && lineage(el).includes(other)))?.[0];
};
// What covers an element where [lineage of] the topmost element there hits it; undefined when it is nothing of its own.
const coverOf = (over, under) => (over.some((node) => node === under[0]) || (under.includes(over[0]) && !over[0].matches?.('dialog'))
  ? undefined : over.filter((node) => isLayer(node, under)).pop());

// A frame is one piece; its own description tells what it shows.
const holdsFrame = (el) => (el.matches('iframe') && isShown(el)) || childrenOf(el).length !== 0
  && [...childrenOf(el)].some((child) => child.nodeType === Node.ELEMENT_NODE && holdsFrame(child));
// A page of its own stacked on an older one, as routers do, is not a dialog.
const PAGE_OF_ITS_OWN = 'main,[role=main]';
const GRID = [0.1, 0.3, 0.5, 0.7, 0.9];
const MOST_LOOKED_UNDER = 60;
const BLOCKING_SHARE = 0.6;
// A bar along an edge stays above a scrim too, and belongs to the page.
const isBar = (el) => {
  const box = el.getBoundingClientRect();
  return box.width > innerWidth * 0.9 && box.height < innerHeight * 0.2 && (box.top <= 0 || box.bottom >= innerHeight);
};
// What covers most of the window and some of the page with it: boxes with words or frames in them, or a bare scrim.
const coveringLayers = () => {
  // On a page that positions nothing, nothing covers anything.
  if (![...spans.keys()].some((el) => el.localName !== 'label') && !document.querySelector('iframe')) return [];
  const points = GRID.flatMap((x) => GRID.map((y) => [innerWidth * x, innerHeight * y]));
  const tops = points.map((point) => lineage(topmostAt(...point)));
  const raised = tops.map((over) => over.some((node) => isLayer(node, [])));
  if (raised.filter(Boolean).length < points.length * BLOCKING_SHARE) return [];
  const fillsWindow = (layer) => layer && textOf(layer) && tops.every((over) => over.includes(layer));
  const covers = new Set();
  let covered;
  const note = (over, under) => {
    const layer = over[0] && coverOf(over, under);
    if (!layer || layer.querySelector(PAGE_OF_ITS_OWN)) return;
    covers.add(layer);
    covered = under;
  };
  for (const { el } of elements.slice(0, MOST_LOOKED_UNDER)) {
    const shape = shapeOf(el);
    const [x, y] = middleOf(shape);
    if (x >= 0 && y >= 0 && x < innerWidth && y < innerHeight) note(lineage(topmostAt(x, y)), lineage(shape));
  }
  points.forEach((point, n) => {
    if (!raised[n]) return;
    for (const el of stackAt(...point)) {
      const speaks = [...el.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
      // If it fills the window and covers only a few words, it is the page and those words are its background.
      if (speaks && !tops[n].includes(el) && isTextShown(el) && !fillsWindow(coverOf(tops[n], lineage(el)))) note(tops[n], lineage(el));
    }
  });
  if (!covered) return [];
  // A scrim and its box needn't both cover something.
  const parts = new Set(covers);
  for (const over of tops) {
    const part = coverOf(over, covered);
    if (part && !isBar(part) && !part.querySelector(PAGE_OF_ITS_OWN)) parts.add(part);
  }
  if (tops.filter((over) => over.some((node) => parts.has(node))).length < points.length * BLOCKING_SHARE) return [];
  const outer = [...parts].filter((el) => !lineage(el).slice(1).some((node) => parts.has(node)));
  const boxes = outer.filter((el) => textOf(el) || holdsFrame(el));
  const standing = boxes.filter((el) => !isBar(el));
  if (boxes.length) return standing.length ? standing : boxes;
  const above = aboveScrim(lineage(outer[0]));
  return [above || outer[0]];
};
const isModal = (el) => el.matches(':modal,[aria-modal=true],[role=alertdialog]');
const findDialogs = () => {
  const found = [...spans].filter(([el]) => el.matches(DIALOGS) && isShown(el) && isInView(el))
    .map(([el, span]) => ({ el, span, modal: isModal(el) }));
  for (const layer of coveringLayers()) {
    const own = found.filter(({ el }) => lineage(el).includes(layer) || lineage(layer).includes(el));
    own.forEach((one) => { one.modal = true; });
    if (!own.length) found.push({ el: layer, span: spans.get(layer) || [0, 0], modal: true });
  }
  // The topmost comes last.
  const isOnTop = ({ el }) => lineage(topmostAt(...middleOf(el))).includes(el);
  return found.length > 1 ? found.sort((one, other) => isOnTop(one) - isOnTop(other)) : found;
};
const dialogs = findDialogs();
const titleOf = (el) => clean(byIds(el, 'aria-labelledby') || el.getAttribute('aria-label') || '')
  || headingIn(el) || '';
const headingIn = (el) => {
  for (const child of childrenOf(el)) {
    if (child.nodeType !== Node.ELEMENT_NODE || !isShown(child)) continue;
    const found = HEADINGS.has(child.nodeName) || child.getAttribute('role') === 'heading'
      ? clean(child.innerText || child.textContent) : headingIn(child);
    if (found) return found;
  }
  return '';
};
// The parts of a dialog whose end hasn't been seen yet.
const unreadIn = (el, found = []) => {
  const style = styleOf(el);
  if (/auto|scroll/.test(style.overflowY) && el.scrollHeight - el.clientHeight - el.scrollTop > 4) found.push(el);
  for (const child of childrenOf(el)) if (child.nodeType === Node.ELEMENT_NODE && !SKIPPED.has(child.nodeName)) unreadIn(child, found);
  return found;
};
// The layer over a point of an element, as a span of the text; null when nothing is there.
// What is drawn for a control, or covered by what the control draws, is no layer on it: `own` are its parts.
const layerOver = (shape, [x, y], own = [shape]) => {
  const hit = topmostAt(x, y);
  const [over, under] = [lineage(hit), lineage(shape)];
  if (hit && (own.some((part) => over.includes(part)) || (under.includes(hit) && !hit.matches?.('dialog')))) return null;
  let layer = over.filter((node) => isLayer(node, under)).pop();
  if (layer && !textOf(layer)) layer = aboveScrim(under) || layer;
  const known = dialogs.find(({ el }) => el === layer);
  return { span: (layer && spans.get(layer)) || [0, 0], modal: Boolean(layer && (known ? known.modal : isModal(layer))) };
};
