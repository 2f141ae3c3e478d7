// What a person sees in one frame: the one answer for words, controls, the code and its countdown. Open shadow trees are
// walked. This is the first part of one function of `wanted`; flows/scripts.py has the order of all parts.
const LONGEST_HOP_S = 30;
const INTERACTIVE = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,[role=button],'
  + '[role=link],[role=checkbox],[role=radio],[role=tab],[role=menuitem],[role=option],[role=switch],[onclick],'
  + '[tabindex]:not([tabindex="-1"])';
const SKIPPED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'HEAD', 'IFRAME', 'OBJECT']);
const HEADINGS = new Set(['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'LEGEND']);
const TOGGLES = 'input[type=checkbox],input[type=radio]';
const QUOTING = new Set(['q', 'blockquote', 'figure', 'cite']);
const DIALOGS = 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true]';
const FAINTEST = 0.06;  // anything fainter isn't seen
const LOWEST = 3;  // CSS pixels: letters lower than this can't be read
const styles = new Map();
const styleOf = (el) => {
  let style = styles.get(el);
  if (!style) styles.set(el, style = getComputedStyle(el));
  return style;
};
const clean = (text) => text.replace(/[ \t\r\f]+/g, ' ').replace(/ *\n[ \n]*/g, '\n').trim();
const wordsIn = (text) => text.split(/\s+/).filter(Boolean).length;
const isFlat = (style) => style.display.startsWith('inline') || style.display === 'contents';
const childrenOf = (node) => {
  if (node.shadowRoot) return node.shadowRoot.childNodes;
  if (node.localName === 'slot') {
    const assigned = node.assignedNodes();
    if (assigned.length) return assigned;
  }
  return node.childNodes;
};
// The parent in the drawn tree: slotted parts are where their slot is.
const parentOf = (el) => el.assignedSlot || el.parentElement || el.parentNode?.host || null;

// --- where something can be seen: left, top, right, bottom, CSS pixels of the viewport ---
const NOWHERE = [0, 0, 0, 0];
const VIEW = [0, 0, innerWidth, innerHeight];
const meet = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
const sidesOf = (box) => [box.left, box.top, box.right, box.bottom];
const isThere = ([left, top, right, bottom]) => right - left > 1 && bottom - top > 1;
// The whole viewport scrolls as its root says, and if the root says nothing, as the body does.
const ruling = document.body && styleOf(document.documentElement).overflow === 'visible' ? document.body : document.documentElement;
const isLaidOver = () => [0.1, 0.5, 0.9].some((part) => {
  for (let el = document.elementFromPoint(innerWidth / 2, innerHeight * part); el; el = parentOf(el)) {
    if (styleOf(el).position === 'fixed' || el.matches(DIALOGS)) return true;
  }
  return false;
});
const wholePage = () => {
  const root = document.scrollingElement || document.documentElement;
  const [across, down = across] = styleOf(ruling).overflow.split(' ');
  const [width, height] = [Math.max(root.scrollWidth, innerWidth), Math.max(root.scrollHeight, innerHeight)];
  const left = styleOf(document.documentElement).direction === 'rtl' ? innerWidth - width - scrollX : -scrollX;
  const page = [left, -scrollY, left + width, height - scrollY];
  if (/hidden|clip/.test(across)) [page[0], page[2]] = [0, innerWidth];
  // A page is often kept from scrolling while a dialog is over it; it scrolls again afterwards.
  if (/hidden|clip/.test(down) && height > innerHeight && !isLaidOver()) [page[1], page[3]] = [0, innerHeight];
  return page;
};
let page = null;
const PAGE = () => (page ??= wholePage());
// What a `clip-path` shape leaves of a box; null for shapes we can't measure, which then cut nothing.
const lengthIn = (said, whole) => (said.endsWith('%') ? (parseFloat(said) / 100) * whole : parseFloat(said) || 0);
const leftBy = (path, box) => {
  const [, shape, said] = /^([a-z]+)\((.*)\)/.exec(path) || [];
  const parts = (said || '').split(/ round | at /)[0].split(/[\s,]+/);
  if (shape === 'inset') {
    const [top, right = top, bottom = top, left = right] = parts;
    return [box.left + lengthIn(left, box.width), box.top + lengthIn(top, box.height),
      box.right - lengthIn(right, box.width), box.bottom - lengthIn(bottom, box.height)];
  }
  if ((shape === 'circle' || shape === 'ellipse') && parts.some((part) => /^0?\.?0*(px|%)?$/.test(part) && /\d/.test(part))) return NOWHERE;
  if (shape === 'polygon') {
    const points = said.replace(/^(nonzero|evenodd),/, '').split(',').map((point) => point.trim().split(' '));
    const xs = points.map(([x]) => box.left + lengthIn(x, box.width));
    const ys = points.map(([, y]) => box.top + lengthIn(y || '0', box.height));
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }
  return null;
};
const leftByClip = (clip, box) => {
  const edges = /^rect\((.*)\)/.exec(clip)?.[1].split(/[\s,]+/);
  if (!edges) return null;
  const [top, right, bottom, left] = edges.map((edge, n) => (edge === 'auto' ? [0, box.width, box.height, 0][n] : parseFloat(edge)));
  return [box.left + left, box.top + top, box.left + right, box.top + bottom];
};
const holdsFixed = (style) => style.transform !== 'none' || style.filter !== 'none' || style.perspective !== 'none'
  || /paint|layout|strict|content/.test(style.contain) || /transform|filter|perspective/.test(style.willChange);
const holderOf = (up, position) => {
  for (; up; up = parentOf(up)) {
    const style = styleOf(up);
    if (style.display !== 'contents' && ((position === 'absolute' && style.position !== 'static') || holdsFixed(style))) return up;
  }
  return null;
};
// A box without its own scroll bar may be scrolled by a bar that the page draws.
const hasDrawnBar = (el, box) => el.scrollHeight > el.clientHeight + 2 && [...el.children].some((child) => {
  if (child.getAttribute('role') === 'scrollbar') return true;
  const bar = child.getBoundingClientRect();
  return styleOf(child).position === 'absolute' && bar.width > 2 && bar.width <= 20 && bar.height > box.height / 2 && bar.right > box.right - 24;
});
// The part of an element's contents that can be seen or scrolled to.
const innerOf = (el, style, own) => {
  if (style.overflow === 'visible' || el === ruling || el === document.documentElement || style.display === 'inline') return own;
  const box = el.getBoundingClientRect();
  if (!isThere(meet(sidesOf(box), own))) return NOWHERE;
  const [across, down = across] = style.overflow.split(' ');
  const inner = [...own];
  const [left, top] = [box.left + el.clientLeft - el.scrollLeft, box.top + el.clientTop - el.scrollTop];
  if (/hidden|clip/.test(across)) [inner[0], inner[2]] = [Math.max(own[0], box.left), Math.min(own[2], box.right)];
  else if (across !== 'visible') [inner[0], inner[2]] = [left, left + Math.max(el.scrollWidth, box.width)];
  if (/hidden|clip/.test(down) && !hasDrawnBar(el, box)) [inner[1], inner[3]] = [Math.max(own[1], box.top), Math.min(own[3], box.bottom)];
  else if (down !== 'visible') [inner[1], inner[3]] = [top, top + Math.max(el.scrollHeight, box.height)];
  return inner;
};
// The back of a card that is turned away.
const isTurnedAway = (el, style) => {
  if (style.backfaceVisibility !== 'hidden') return false;
  let turned = new DOMMatrix(style.transform === 'none' ? '' : style.transform);
  for (let up = parentOf(el); up && styleOf(up).transformStyle === 'preserve-3d'; up = parentOf(up)) {
    if (styleOf(up).transform !== 'none') turned = new DOMMatrix(styleOf(up).transform).multiply(turned);
  }
  return turned.m33 < 0;
};
// For an element: where it can be seen at all (`own`), where its contents can (`inner`), how strongly it is drawn, which
// fixed part and which scrolling part of the page it belongs to, and whether it is inert.
const looks = new Map();
const lookOf = (el) => {
  let look = looks.get(el);
  if (look) return look;
  const up = parentOf(el);
  const style = styleOf(el);
  const around = up ? lookOf(up) : { own: PAGE(), inner: PAGE(), cut: null, strength: 1, fixed: null, scroller: null, inert: false };
  const inert = around.inert || el.inert === true;
  if (style.display === 'contents') look = { ...around, own: around.inner, inert };
  else {
    const { position, clipPath } = style;
    const isOnTop = position === 'fixed' && el.matches(':modal,:popover-open');
    let own = around.inner;
    if (position === 'fixed' || position === 'absolute') {
      const holder = isOnTop ? null : holderOf(up, position);
      own = holder ? lookOf(holder).inner : position === 'fixed' ? VIEW : PAGE();
    }
    let cut = isOnTop ? null : around.cut;
    const left = (clipPath !== 'none' && leftBy(clipPath, el.getBoundingClientRect()))
      || (/absolute|fixed/.test(position) && style.clip !== 'auto' && leftByClip(style.clip, el.getBoundingClientRect()));
    if (left) cut = cut ? meet(cut, left) : left;
    if (cut) own = meet(own, cut);
    const faded = style.filter === 'none' ? 1 : lengthIn(/opacity\(([\d.]+%?)\)/.exec(style.filter)?.[1] || '1', 1);
    const strength = isTurnedAway(el, style) ? 0 : (isOnTop ? 1 : around.strength) * style.opacity * faded;
    const inner = innerOf(el, style, own);
    const isLikeAround = own === around.own && inner === own && cut === around.cut && strength === around.strength && inert === around.inert
      && !/fixed|sticky/.test(position);
    look = isLikeAround ? around : {
      own, inner, cut, strength, inert, fixed: /fixed|sticky/.test(position) ? el : around.fixed,
      scroller: inner !== own && /auto|scroll/.test(style.overflow) ? el : around.scroller,
    };
  }
  looks.set(el, look);
  return look;
};
const isDrawn = (el) => el.checkVisibility({ visibilityProperty: true }) && lookOf(el).strength >= FAINTEST;
// Shown: drawn, somewhere it can be seen. What has no box of its own (a slot, say) is shown if its contents are.
const shown = new Map();
const isAnyShown = (el) => [...childrenOf(el)].some((child) => (child.nodeType === Node.ELEMENT_NODE ? isShown(child)
  : child.nodeType === Node.TEXT_NODE && child.data.trim() && isTextShown(el, child)));
const isShown = (el) => {
  let answer = shown.get(el);
  if (answer === undefined) {
    shown.set(el, false);
    if (styleOf(el).display === 'contents') answer = isAnyShown(el);
    else if (!isDrawn(el)) answer = false;
    else {
      const box = sidesOf(el.getBoundingClientRect());
      answer = isThere(meet(box, lookOf(el).own)) || (!isThere(box) && isAnyShown(el));
    }
    shown.set(el, answer);
  }
  return answer;
};
const boxOf = (el) => {
  let up = el;
  while (up && styleOf(up).display === 'contents') up = parentOf(up);
  return up;
};

// --- words ---
const measure = document.createRange();
const areaOf = (text) => {
  measure.selectNodeContents(text);
  return measure.getBoundingClientRect();
};
// Letters are seen when half of their line can be; with several lines, when one can.
const isInSight = (area, look, size) => {
  if (area.height < LOWEST || area.width <= 0) return false;
  const [left, top, right, bottom] = look.inner;
  if (area.left >= left && area.top >= top && area.right <= right && area.bottom <= bottom) return true;
  const seen = meet(sidesOf(area), look.inner);
  const [width, height] = [seen[2] - seen[0], seen[3] - seen[1]];
  return width > 0 && height >= Math.min(Math.max(LOWEST, area.height / 2), size * 0.8)
    && (width >= area.width / 2 || width >= size * 8);
};
// Skipped content is still measured as if it were there.
const isFolded = (box) => styleOf(box).contentVisibility === 'hidden' || (box.localName === 'details' && !box.open);
// During a view transition we'd see pictures of both states and not the page itself.
let inTransition = null;
const isInTransition = () => (inTransition ??= document.getAnimations().some(({ effect }) => /^::view-transition/.test(effect?.pseudoElement || '')));
// Whether the words of `el` are seen; with `text`, whether that text inside it is.
const isTextShown = (el, text) => {
  const box = boxOf(el);
  const style = styleOf(el);
  const size = parseFloat(style.fontSize);
  if (!box || size < 1 || style.visibility !== 'visible' || !isDrawn(box) || isFolded(box) || isInTransition()) return false;
  if (!text) return isShown(box) && isInked(el, style);
  const area = areaOf(text);
  return isInSight(area, lookOf(el), size) && isInked(el, style, area) && !isDrawnOver(el, text, area) && !isUnderBlank(el, area);
};
// A ticked box is often drawn by its label while the input itself is transparent or out of the way.
const shownLabels = (el) => [...(el.labels || [])].filter(isShown);
const forget = () => {
  [styles, looks, shown, grounds].forEach((known) => known.clear());
  [page, painted, blanks, highlights, inTransition] = [null, null, null, null, null];
  firstLines.clear();
  changing.clear();
};
