// Boxes and switches drawn for an input that is itself hidden, and panels that take the focus but aren't controls.
const SMALLEST_BOX = 8;
const LARGEST_BOX = [90, 64];  // width of a switch, height: CSS pixels
const LONGEST_ROW = 600;  // letters
const HIGHEST_ROW = 240;  // CSS pixels
const OTHER_CONTROLS = 'button,select,textarea,input:not([type=hidden]),[role=button],[role=tab],h1,h2,h3,h4,h5,h6,[role=heading]';
const TOGGLE_ROLES = '[role=checkbox],[role=radio],[role=switch],[aria-pressed]';
const inkOf = (el) => [el, ...el.querySelectorAll('*')].some((one) => [...one.childNodes].some((text) => text.nodeType === Node.TEXT_NODE
  && /[\p{L}\p{N}]/u.test(text.data) && isTextShown(one, text) && !isSign(text, one)));
const isBoxLike = (el) => {
  if (el.matches('a[href],label,svg *') || !isShown(el)) return false;
  const { width, height } = el.getBoundingClientRect();
  return width >= SMALLEST_BOX && height >= SMALLEST_BOX && width <= LARGEST_BOX[0] && height <= LARGEST_BOX[1] && !inkOf(el);
};
// The nearest matching element from `el` upwards, out of its shadow tree too.
const around = (el, rule) => {
  for (let up = el; up; up = up.getRootNode().host) {
    const found = up.closest(rule);
    if (found) return found;
  }
  return null;
};
// What is drawn for an input that can't be seen: the `box` to press, and the `row` with its words; null without one.
const drawn = new Map();
const drawnParts = new Set();
const drawnFor = (input) => {
  const known = drawn.get(input);
  if (known) return known;
  const found = { box: null, row: null };
  drawn.set(input, found);
  if (around(parentOf(input), TOGGLE_ROLES)) return found;  // anything with the role of a box is the control itself
  let up = parentOf(input);
  for (let n = 0; up && n < 6 && up !== document.body; up = parentOf(up), n += 1) {
    if (up.matches('form,main,fieldset,[role=radiogroup],[role=dialog]') || up.getBoundingClientRect().height > HIGHEST_ROW) break;
    // A block with another input in it is not this one's row.
    if ([...up.querySelectorAll(`${OTHER_CONTROLS},${TOGGLE_ROLES}`)].some((one) => one !== input && !drawnParts.has(one))) break;
    if (!found.box) {
      found.box = [...up.querySelectorAll('*')].find((el) => !el.contains(input) && isBoxLike(el)) || null;
      // An input that can't be seen often lies inside its box and covers all of it.
      if (!found.box && isBoxLike(up) && (isPainted(up) || parseFloat(styleOf(up).borderTopWidth) > 0)) found.box = up;
      if (found.box) [found.box, ...found.box.querySelectorAll('*')].forEach((part) => part !== input && drawnParts.add(part));
    }
    if (found.box && inkOf(up)) {
      if (up.textContent.length <= LONGEST_ROW) found.row = up;
      break;
    }
  }
  return found;
};
// The smallest block around a box that has words and no other control.
const wordsAround = (el) => {
  let up = parentOf(el);
  for (let n = 0; up && n < 4 && !up.matches('form,main,fieldset,body,[role=radiogroup],[role=dialog]'); up = parentOf(up), n += 1) {
    if ([...up.querySelectorAll(`${OTHER_CONTROLS},${TOGGLE_ROLES}`)].some((one) => !el.contains(one))) return null;
    if (inkOf(up)) return up.textContent.length <= LONGEST_ROW ? up : null;
  }
  return null;
};
// A row that can be pressed like a button and holds one box and no other control belongs to that box.
const rowPressedFor = (el) => {
  const row = el.matches(`${TOGGLES},${TOGGLE_ROLES}`) ? around(parentOf(el), '[role=button]') : null;
  return row && ![...row.querySelectorAll(`${INTERACTIVE},label`)].some((one) => one !== el) ? row : null;
};
// The input behind an element with the role of a box.
const inputOf = (el) => {
  const inputs = el.matches(TOGGLE_ROLES) ? el.querySelectorAll(TOGGLES) : [];
  return inputs.length === 1 ? inputs[0] : null;
};
// The parts of the page that a press on `el` may mean: itself, its labels, what is drawn for it, the input behind it.
const ownOf = (el) => {
  const { box } = labelled.has(el) ? drawnFor(el) : {};
  return [el, ...(el.labels || []), ...(box ? [box, ...box.querySelectorAll('*')] : []), rowPressedFor(el), inputOf(el)].filter(Boolean);
};
// Where a person would press it.
const shapeOf = (el) => (isShown(el) && !labelled.has(el) ? el : shownLabels(el)[0] || drawnFor(el).box || el);
const PANELS = 'main,section,nav,aside,header,footer,form,fieldset,table,ul,ol,dl,dialog,[role=tabpanel],[role=region],[role=dialog],'
  + '[role=alertdialog],[role=grid],[role=treegrid],[role=table],[role=list],[role=main],[role=navigation],[role=banner],[role=contentinfo],'
  + '[role=complementary],[role=form],[role=search],[role=document],[role=application],[role=feed],[role=log],[role=status],[role=alert],'
  + '[role=toolbar],[role=menu],[role=menubar],[role=tablist],[role=tree],[role=radiogroup],[role=listbox]';
const BY_FOCUS_ALONE = ':not(a,area,button,input,select,textarea,summary,[onclick],[role=button],[role=link],[role=checkbox],[role=radio],'
  + '[role=tab],[role=menuitem],[role=option],[role=switch])';
// A panel takes the focus so that it can be read or scrolled; pressing it does nothing.
const isPanel = (el, style, inner) => el.hasAttribute('tabindex') && style.cursor !== 'pointer' && el.matches(BY_FOCUS_ALONE)
  && (el.matches(PANELS) || inner > 2 || (/auto|scroll/.test(style.overflow) && el.scrollHeight > el.clientHeight));
