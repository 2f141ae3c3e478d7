// The text of a frame as a person reads it, piece by piece, and the controls in it. No field's value is ever read here.
const headings = [];
// The same with where each begins and ends: the heading over a link that just says "tıklayınız" names that link.
const titles = [];
// Inputs that show only through their label or something drawn for them.
const labelled = new Set();
const elements = [];
// Where the words of labels, and of what may lie over the page, begin and end, as numbers of pieces of `out`.
const spans = new Map();
// The same for every element we walked, for words that belong to an input only by position.
const places = new Map();
// The same for each block with controls, and how many: whatever shares a box with a button belongs to it.
const boxes = [];
// Icons from an icon font: where they are, and the word behind each.
const signs = [];
// Signs that something is under way.
const progress = [];
const takeInput = (el, at) => {
  if (!labelled.has(el)) {
    labelled.add(el);
    elements.push({ el, text: '', at, end: at });
  }
};
// What can be seen of an input that can't be seen itself: see drawn.js.
const takeUnseen = (el, out) => {
  if (shownLabels(el).length || drawnFor(el).box) takeInput(el, out.length);
};
// Something that listens without showing it is a control when it is a card: few words, no page title among them, no other
// control. The browser tells us which elements listen: see flows/answering.py.
const LONGEST_CARD = 40;  // words
const answersClick = (el) => Boolean(globalThis.answering?.has(el)) && !el.matches('h1,h2,[role=heading],body,main,form,label');
const isCard = (el, words) => !el.querySelector('h1') && wordsIn(clean(words)) <= LONGEST_CARD;
const collectText = (text, el, out) => {
  if (!text.data.trim()) {
    if (text.data) out.push(' ');
  } else if (el.localName === 'textarea' ? isShown(el) : isTextShown(el, text)) {
    const sign = isSign(text, el);
    if (sign) signs.push([out.length, text.data.trim()]);
    out.push(sign ? ' ' : text.data.replace(/\s+/g, ' '));
  }
};
const SCROLL_BUTTONS = ['up', 'down', 'left', 'right', 'block-start', 'block-end', 'inline-start', 'inline-end'].map((to) => `::scroll-button(${to})`);
let hasMarkers = false;  // whether a scrolling part that we walked already shows markers
const isMarked = (el) => hasMarkers && getComputedStyle(el, '::scroll-marker').content !== 'none';
const collectInto = (child, style, out) => {
  // What is struck through is no longer said, and what anybody can rewrite was never said by the page.
  const isUnsaid = style.textDecorationLine.includes('line-through') || /^(true|plaintext-only)$/.test(child.contentEditable);
  const quotes = QUOTING.has(child.localName) || isUnsaid;
  hasMarkers ||= (style.scrollMarkerGroup || 'none') !== 'none';
  if (quotes) out.push('“');
  out.push(saidByStyle(child, '::before'));
  if (child.localName === 'svg') {
    for (const text of child.querySelectorAll('text')) if (isTextShown(text)) out.push(' ', text.textContent, ' ');
  } else collect(child, out);
  out.push(saidByStyle(child, '::after'));
  if (/auto|scroll/.test(style.overflow)) for (const part of SCROLL_BUTTONS) out.push(saidByStyle(child, part));
  if (isMarked(child)) out.push(saidByStyle(child, '::scroll-marker'));
  // The chosen option of a list in the page's own words counts as text like any other; at the gateway we don't look.
  if (child.localName === 'select' && wanted.hidden && isShown(child)) for (const one of child.selectedOptions) out.push(one.label, '\n');
  if (quotes) out.push('”');
};
// Boxes with one letter each are drawn as one word when there is no gap between them.
const WORD_GAP = 0.12;  // in font sizes
const inkSpan = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? areaOf(node) : null;
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  const [box, style] = [node.getBoundingClientRect(), styleOf(node)];
  const side = (name) => parseFloat(style[`padding${name}`]) + parseFloat(style[`border${name}Width`]);
  return { left: box.left + side('Left'), right: box.right - side('Right'), top: box.top, bottom: box.bottom };
};
const isRightBeside = (el, beside) => {
  const [one, other] = [inkSpan(el), beside && inkSpan(beside)];
  if (!other || other.bottom <= one.top || other.top >= one.bottom) return false;
  const gap = WORD_GAP * parseFloat(styleOf(el).fontSize);
  return Math.min(Math.abs(one.left - other.right), Math.abs(other.left - one.right)) < gap;
};
const collect = (node, out) => {
  for (const child of childrenOf(node)) {
    if (child.nodeType === Node.TEXT_NODE) {
      collectText(child, node.nodeType === Node.ELEMENT_NODE ? node : node.host, out);
      continue;
    }
    if (child.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(child.nodeName)) continue;
    if (child.localName === 'br') { out.push('\n'); continue; }
    const style = styleOf(child);
    if (style.display === 'none') {
      // A box drawn next to its hidden input is still a box, with its own label.
      if (child.matches(TOGGLES)) takeUnseen(child, out);
      else child.querySelectorAll(TOGGLES).forEach((el) => takeUnseen(el, out));
      continue;
    }
    const isToggle = child.matches(TOGGLES);
    if (isToggle && !isShown(child)) { takeUnseen(child, out); continue; }
    const shows = child.matches(INTERACTIVE) || (style.cursor === 'pointer' && styleOf(parentOf(child) || child).cursor !== 'pointer');
    const isBare = !child.matches(INTERACTIVE) && around(parentOf(child), TOGGLE_ROLES) && !child.textContent.trim();  // drawn for it
    const usable = !drawnParts.has(child) && !isBare && (shows || answersClick(child));
    const entry = usable && isShown(child) ? { el: child, text: '', at: out.length, end: out.length } : null;
    if (entry) elements.push(entry);
    const flat = isFlat(style);
    // Boxes and controls on one line are separate words even without a space between them.
    const isApart = flat && !entry && style.display !== 'inline';
    const [leading, trailing] = isApart ? [child.previousSibling, child.nextSibling].map((beside) => (isRightBeside(child, beside) ? '' : ' ')) : [];
    const edge = flat ? (entry ? ' ' : '') : '\n';
    out.push(leading ?? edge);
    const start = out.length;
    const before = elements.length;
    collectInto(child, style, out);
    if (entry) entry.at = start;
    places.set(child, [start, out.length]);
    if (child.localName === 'label' || /^(fixed|absolute|sticky)$/.test(style.position) || child.matches(NOTED)) {
      spans.set(child, [start, out.length]);
    }
    const inner = elements.length - before;
    const isNone = entry && (shows ? isPanel(child, style, inner) : inner || !isCard(child, out.slice(start).join('')));
    if (isNone) elements.splice(elements.indexOf(entry), 1);
    if (!flat && elements.length > before) boxes.push([child, start, out.length, elements.length - before]);
    const role = child.getAttribute('role');
    if (role === 'progressbar') progress.push(child);
    const isHeading = HEADINGS.has(child.nodeName) || role === 'heading';
    if (entry || isHeading) {
      const text = clean(out.slice(start).join(''));
      if (entry) entry.text = text;
      if (isHeading && text && (entry || isShown(child))) titles.push([start, out.length, text, child]);
      if (text && (entry ? HEADINGS.has(child.nodeName) : isShown(child))) headings.push(text);
    }
    if (child.localName === 'input' && /^(submit|button|reset)$/.test(child.type) && isShown(child)) out.push(child.value);
    if (entry) entry.end = out.length;
    out.push(trailing ?? edge);
  }
};
const out = [];
if (document.body) collect(document.body, out);
// If something turned out to be drawn for an input further on, it belongs to that input and is no control of its own.
for (let n = elements.length - 1; n >= 0; n -= 1) if (drawnParts.has(elements[n].el)) elements.splice(n, 1);
// The text as lines, and each line as runs: what is between the edges of controls and labels, with the number of the piece
// where it begins.
const lines = [];
const runs = [];
const edges = new Set(elements.flatMap(({ at, end }) => [at, end]));
for (const [el, span] of spans) if (el.localName === 'label') span.forEach((edge) => edges.add(edge));
for (const el of labelled) (places.get(drawnFor(el).row) || []).forEach((edge) => edges.add(edge));
for (let at = 0, line = [], run = null; at <= out.length; at += 1) {
  const piece = at < out.length ? out[at] : '\n';
  if (!run || edges.has(at)) line.push(run = [at, '']);
  if (!piece.includes('\n')) run[1] += piece;
  else {
    const said = clean(line.map((one) => one[1]).join(''));
    if (said) {
      lines.push(said);
      runs.push(line.map(([from, words]) => [from, clean(words)]).filter(([, words]) => words));
    }
    line = [];
    run = null;
  }
}
const starts = runs.map(([[from]]) => from);
const textWithin = ([from, to]) => lines.filter((_, n) => starts[n] >= from && starts[n] < to).join('\n');
