// Whether words stand out from their background, whether something blank covers them, and words that only the style sheet
// says. In doubt, words count: we leave out only what certainly can't be seen.
const readColour = (said) => {
  const [red, green, blue, alpha = 1] = (/^rgba?\((.*)\)$/.exec(said)?.[1] || '').split(/[\s,/]+/).map(Number);
  return blue === undefined || Number.isNaN(red) ? null : { channels: [red, green, blue], alpha };
};
const colours = new Map();
const colourOf = (said) => {
  if (!colours.has(said)) colours.set(said, readColour(said));
  return colours.get(said);
};
const isClear = (said) => (colourOf(said)?.alpha ?? (/\/ 0(\.0\d*)?\)$/.test(said) ? 0 : 1)) < FAINTEST;
const isAlike = (one, other) => one.channels.every((channel, n) => Math.abs(channel - other.channels[n]) <= 12);
const CANVAS = { channels: [255, 255, 255], alpha: 1 };
// The plain colour behind an element's words; null when it is mixed or unknown.
const grounds = new Map();
const groundOf = (el) => {
  if (!el) return /dark/.test(styleOf(document.documentElement).colorScheme) ? null : CANVAS;
  let ground = grounds.get(el);
  if (ground === undefined) {
    const own = styleOf(el).backgroundColor;
    const colour = own === 'rgba(0, 0, 0, 0)' ? undefined : colourOf(own);
    ground = colour === undefined || colour?.alpha === 0 ? groundOf(parentOf(el)) : colour?.alpha === 1 ? colour : null;
    grounds.set(el, ground);
  }
  return ground;
};
const paints = (style) => !isClear(style.backgroundColor) || style.backgroundImage !== 'none';
// What else is painted in this frame, and where: a picture or a colour may be behind words without enclosing them.
let painted = null;
const everyPainted = () => (painted ??= [...document.querySelectorAll('*')]
  .filter((el) => /^(img|video|canvas|svg|picture|iframe|object|embed)$/.test(el.localName) || paints(styleOf(el)))
  .map((el) => [el, el.getBoundingClientRect()]));
const isPaintedBehind = (el, area) => {
  for (let up = el; up; up = parentOf(up)) {
    if (styleOf(up).backgroundImage !== 'none') return true;
    for (const part of ['::before', '::after']) {
      const style = getComputedStyle(up, part);
      if (style.content !== 'none' && style.content !== 'normal' && paints(style)) return true;
    }
  }
  const { left, top, right, bottom } = area || el.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return everyPainted().some(([other, box]) => box.left <= x && box.right >= x && box.top <= y && box.bottom >= y
    && !other.contains(el) && other.getRootNode() === el.getRootNode());
};
const isInked = (el, style, area) => {
  const fill = style.webkitTextFillColor;
  const ink = colourOf(fill);
  if (isClear(fill)) {
    return style.textShadow !== 'none' || parseFloat(style.webkitTextStrokeWidth) > 0
      || /text/.test(style.webkitBackgroundClip) || /text/.test(styleOf(parentOf(el) || el).webkitBackgroundClip);
  }
  const ground = ink && groundOf(el);
  return !ground || ink.alpha < 1 || !isAlike(ink, ground) || style.textShadow !== 'none' || el instanceof SVGElement
    || isPaintedBehind(el, area);
};

// Words can have another ink when they are highlighted, or on the first line of their block.
let highlights = null;
const everyHighlight = () => {
  if (highlights) return highlights;
  const chosen = getSelection();
  highlights = chosen && !chosen.isCollapsed ? [['::selection', chosen.getRangeAt(0)]] : [];
  for (const [name, ranges] of window.CSS?.highlights || []) {
    for (const range of ranges) {
      const live = new Range();
      live.setStart(range.startContainer, range.startOffset);
      live.setEnd(range.endContainer, range.endOffset);
      highlights.push([`::highlight(${name})`, live]);
    }
  }
  return highlights;
};
const firstLines = new Map();
const firstLineOf = (el) => {
  let block = el;
  while (block && isFlat(styleOf(block))) block = parentOf(block);
  if (!block) return null;
  let line = firstLines.get(block);
  if (line === undefined) {
    const style = styleOf(block);
    const first = getComputedStyle(block, '::first-line');
    const isLikeAll = first.webkitTextFillColor === style.webkitTextFillColor && first.fontSize === style.fontSize;
    line = isLikeAll ? null : { first, bottom: block.getBoundingClientRect().top + parseFloat(style.paddingTop) + 2 * parseFloat(style.fontSize) };
    firstLines.set(block, line);
  }
  return line;
};
const isLost = (el, { webkitTextFillColor, color, backgroundColor }, area) => {
  const [fill, own] = [webkitTextFillColor || color, colourOf(backgroundColor)];
  const [ink, ground] = [colourOf(fill), own?.alpha === 1 ? own : groundOf(el)];
  return isClear(fill) || Boolean(ink && ground && isAlike(ink, ground) && (ground === own || !isPaintedBehind(el, area)));
};
// Only words that may decide get such a close look: a first line of its own costs one more computed style.
const DECIDES = /onay|kabul|r[ıi]za|muvafakat|devam|istiyorum/iu;
const isDrawnOver = (el, text, area) => {
  const line = DECIDES.test(text.data) ? firstLineOf(el) : null;
  if (line && area.top < line.bottom && (parseFloat(line.first.fontSize) < LOWEST || isLost(el, line.first, area))) return true;
  return everyHighlight().some(([name, range]) => range.intersectsNode(text) && isLost(el, getComputedStyle(el, name), area));
};

// --- what lies over words ---
// The painting order of an element, from the page inwards, as groups [level, element].
const groupsOf = (el) => {
  const groups = [];
  for (; el; el = parentOf(el)) {
    const style = styleOf(el);
    const up = parentOf(el);
    const isPlaced = style.position !== 'static';
    const isCell = up && /grid|flex/.test(styleOf(up).display);
    const level = isPlaced || isCell ? Number(style.zIndex) : NaN;
    if (!Number.isNaN(level)) groups.unshift([level, el]);
    else if (isPlaced || Number(style.opacity) < 1 || style.transform !== 'none' || style.filter !== 'none') groups.unshift([0, el]);
    else if (isCell) groups.unshift([-0.5, el]);
  }
  return groups;
};
const isPaintedOver = (cover, el) => {
  const [over, under] = [groupsOf(cover), groupsOf(el)];
  let n = 0;
  while (n < over.length && n < under.length && over[n][1] === under[n][1]) n += 1;
  if (n >= over.length) return false;
  if (n >= under.length) return over[n][0] >= 0;
  if (over[n][0] !== under[n][0]) return over[n][0] > under[n][0];
  return Boolean(under[n][1].compareDocumentPosition(over[n][1]) & Node.DOCUMENT_POSITION_FOLLOWING);
};
// A hint that shows only while the mouse rests nearby hides nothing for long: the hand moves the mouse away.
const RESTED_ON = ':hover:not(html,body,main)';
// Opaque, with nothing to press, and not a dialog: no layer that needs an answer, it just hides what is under it.
const isBlank = (el) => {
  const style = styleOf(el);
  const isPlaced = style.position === 'absolute' || (style.position === 'relative' && style.zIndex !== 'auto');
  const up = parentOf(el);
  if (!isPlaced && !(up && /grid/.test(styleOf(up).display))) return false;
  return colourOf(style.backgroundColor)?.alpha === 1 && isShown(el) && lookOf(el).strength > 0.98 && style.mixBlendMode === 'normal'
    && !el.matches(INTERACTIVE) && !el.querySelector(INTERACTIVE) && !el.closest(DIALOGS) && !(style.position === 'absolute' && parentOf(el)?.closest(RESTED_ON));
};
let blanks = null;
const everyBlank = () => {
  if (blanks) return blanks;
  blanks = [];  // anything that asks meanwhile finds no covers
  blanks = [...document.querySelectorAll('*')].filter(isBlank).slice(0, 60)
    .map((el) => [el, meet(sidesOf(el.getBoundingClientRect()), lookOf(el).own)]);
  for (const el of document.querySelectorAll(':popover-open:not(:modal)')) {  // its backdrop covers the whole window
    if (colourOf(getComputedStyle(el, '::backdrop').backgroundColor)?.alpha === 1) blanks.push([el, VIEW, true]);
  }
  return blanks;
};
const isUnderBlank = (el, area) => everyBlank().some(([cover, [left, top, right, bottom], isGround]) => (isGround ? !cover.contains(el) : left <= area.left + 1
  && top <= area.top + 1 && right >= area.right - 1 && bottom >= area.bottom - 1 && !cover.contains(el)
  // Something fixed, or outside a part that scrolls, covers it only until it is scrolled.
  && lookOf(cover).fixed === lookOf(el).fixed && lookOf(cover).scroller === lookOf(el).scroller && isPaintedOver(cover, el)));

// --- words of the style sheet, and icons from an icon font ---
const saidBy = (content) => {
  let said = '';
  for (const [part, words] of content.matchAll(/url\("(?:[^"\\]|\\.)*"\)|"((?:[^"\\]|\\.)*)"|\/|[^\s"/]+/g)) {
    if (part === '/') break;  // what follows is for screen readers
    if (words !== undefined) said += words.replace(/\\([0-9a-f]{1,6}) ?|\\(.)/gi, (_, code, sign) => (code ? String.fromCodePoint(parseInt(code, 16)) : sign));
  }
  return said;
};
const isOneSign = (text) => /^[a-z0-9_-]+$/i.test(text);
// What an animation makes a part of the style sheet say, one after the other.
const changing = new Map();
const everyChanging = (root) => {
  if (!changing.has(root)) {
    changing.set(root, (root.getAnimations?.() || []).filter(({ effect }) => effect?.pseudoElement).map(({ effect }) => [effect.target,
      effect.pseudoElement, effect.getKeyframes().map(({ content }) => content || '').join(' ')]));
  }
  return changing.get(root);
};
const contentOf = (el, part) => [getComputedStyle(el, part).content, ...everyChanging(el.getRootNode())
  .filter(([target, name]) => target === el && name === part).map(([, , content]) => content)].join(' ');
// The words that `::before` or `::after` of an element says; icons and bullets aren't words.
const saidByStyle = (el, part) => {
  const content = contentOf(el, part);
  if (!content.includes('"')) return '';
  const said = saidBy(content);
  const style = getComputedStyle(el, part);
  const size = parseFloat(style.fontSize);
  if (!/[\p{L}\p{N}]/u.test(said) || size < 1 || style.display === 'none' || style.visibility !== 'visible') return '';
  const up = parentOf(el);
  if (isOneSign(said.trim()) && up && style.fontFamily !== styleOf(up).fontFamily) return '';
  const isAway = /absolute|fixed/.test(style.position) && ['left', 'top', 'right', 'bottom'].some((side) => parseFloat(style[side]) < -999);
  if (isAway || parseFloat(style.textIndent) < -999 || style.opacity * lookOf(el).strength < FAINTEST || isClear(style.webkitTextFillColor)) return '';
  const box = boxOf(el);
  return box && (isShown(box) || (isDrawn(box) && !isThere(sidesOf(box.getBoundingClientRect())) && up && isShown(up))) ? said : '';
};
// Icon fonts draw a whole word ("chevron_right") as one icon. It is as wide as it is high, and its letters are all equally
// wide, narrower than a typewriter's.
const isSign = (text, el) => {
  const word = text.data.trim();
  if (word.length < 3 || !isOneSign(word) || styleOf(el).fontFamily === styleOf(document.body).fontFamily) return false;
  const size = parseFloat(styleOf(el).fontSize);
  const { width } = areaOf(text);
  if (width > size * 1.4 || width < size * 0.6) return false;
  const first = text.data.indexOf(word);
  const widths = [...word].map((_, n) => {
    measure.setStart(text, first + n);
    measure.setEnd(text, first + n + 1);
    return measure.getBoundingClientRect().width;
  });
  const each = width / word.length;
  return each < size * 0.45 && (widths.every((one) => Math.abs(one - each) < each * 0.05) || widths.filter((one) => one < 0.01).length === word.length - 1);
};
