// Prepares a press on one control, and guards it. Comes last, after the parts that describe the frame.
// {} returns the description of the frame, as JSON: that reaches the program in a fraction of the time.
// {pick: n} scrolls the n-th control into view and returns its description, so that an act can check that it is still the
// control we decided on, plus the layer over it, if there is one; the element is kept as `picked`.
// {same: […]} is what we decided on. With {arm: milliseconds} next to both it prepares a press: if all of it still holds,
// nothing lies over the control and it isn't tangled up with another, it returns the point to press and the size of the
// frame. Until the press is over, or for that long, no mouse event gets through unless it hits exactly the control we
// checked; the bell reports a press that was held back. Otherwise it returns null and arms nothing.
// {box: […]} on top of that: the control must not have moved since the last look.
// {pointed: true} says which control was hit by the press that the bell caught, if any.
// With `inner`, a frame in this document, {at: [x, y]} returns only the layer over that point of the frame.
const FACTS = ['role', 'type', 'id', 'name', 'text', 'names', 'beside', 'title', 'href', 'effects', 'carries', 'disabled', 'checked', 'form'];
// What keeps a press for itself, whatever is around it.
const FOREIGN = 'object,embed,iframe,video[controls],audio[controls]';
// What encloses a control gets its press too.
const ENCLOSING = 'a[href],area[href],button,input,label,summary,[role=link],[role=button],'
  + '[role=menuitem]:is([onclick],[tabindex]),[role=option]:is([onclick],[tabindex])';
const factsOf = (description) => FACTS.map((name) => description[name]);
// Whether a press on these nodes, innermost first, is on the control: no other control lies further in, and no other link,
// label or button around it gets the press as well.
const isUpon = (el, nodes) => {
  const own = ownOf(el);
  const isActive = (node) => positions.has(node) || node.matches?.(FOREIGN) || node.matches?.(INTERACTIVE) || (node.localName === 'label' && node.control);
  const at = nodes.findIndex((node) => own.includes(node) || isActive(node));
  return own.includes(nodes[at]) && !nodes.slice(at).some((node) => !own.includes(node) && node.matches?.(ENCLOSING));
};
// Where to press: the middle, or another point that is free of other controls.
const pointOn = (el, shape) => {
  const box = shape.getBoundingClientRect();
  const words = document.createTreeWalker(el, NodeFilter.SHOW_TEXT, (node) => (node.data.trim() ? 1 : 3));
  const range = document.createRange();
  const middles = [middleOf(shape)];
  // The middle of a link broken over two lines is not on the link.
  const add = (part) => [...part.getClientRects()].slice(0, 4).forEach((b) => middles.push([b.x + b.width / 2, b.y + b.height / 2]));
  add(shape);
  for (let n = 0; n < 8 && words.nextNode(); n += 1) {
    range.selectNodeContents(words.currentNode);
    add(range);
  }
  for (const part of [0.25, 0.75]) middles.push([box.x + box.width * part, box.y + box.height / 2]);
  return middles.find((point) => isUpon(el, lineage(topmostAt(...point))));
};
// {stands: sentence}: at each event of the press the block around the control and this sentence must say what it said before,
// letters only, with the same boxes ticked. A sentence added counts like a sentence gone.
const bare = (words) => words.replace(/\s+/g, '');
const TICKED = `${TOGGLES},${TOGGLE_ROLES}`;
const wordsOf = (block) => {
  forget();
  const parts = [];
  collect(block, parts);
  return bare(parts.join(''));
};
const blockOf = (el) => {
  for (let up = parentOf(el); up; up = parentOf(up)) if (wordsOf(up).includes(bare(wanted.stands))) return up;
  return null;
};
// What the press itself toggles: by the time its click is heard, a browser has ticked a box and unticked its group.
const isTurnedBy = (el, box) => ownOf(el).some((own) => own === box || own.contains(box) || box.contains(own))
  || (box.type === 'radio' && box.name === el.name) || (box.closest('[role=radiogroup]')?.contains(el) ?? false);
const signOf = (block, el) => [wordsOf(block).replace(/[^\p{L}]/gu, ''),
  ...[...block.querySelectorAll(TICKED)].filter((box) => !isTurnedBy(el, box)).map(isOn)].join();
const standing = (el) => {
  if (!wanted.stands) return () => true;
  const block = blockOf(el);
  const sign = block && signOf(block, el);
  return () => block !== null && signOf(block, el) === sign;
};
const armFor = ({ el, at }, index) => {
  const now = () => {
    forget();
    sent.clear();
    const parts = [];
    collectInto(el, styleOf(el), parts);
    return JSON.stringify(factsOf(describe({ el, at, end: at, text: clean(parts.join('')) }, index)));
  };
  const decided = now();
  const isStanding = standing(el);
  let lets;
  bell.guard(wanted.arm, (event) => {
    if (lets !== false && !isUpon(el, event.composedPath())) lets = false;
    if (lets === undefined) lets = now() === decided;
    lets = lets && isStanding();
    return lets;
  });
};
if (wanted.pick !== undefined) {
  const entry = elements[wanted.pick];
  if (!entry) return null;
  const { el } = entry;
  const seen = describe(entry, wanted.pick);
  const shape = shapeOf(el);
  const before = shape.getBoundingClientRect();
  shape.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const after = shape.getBoundingClientRect();
  // A page hears of the scrolling only with its next frame, and may then say something else: what we decided was before it.
  if (wanted.arm && (Math.abs(after.x - before.x) > 1 || Math.abs(after.y - before.y) > 1)) return null;
  const layer = layerOver(shape, middleOf(shape), [shape, ...ownOf(el)]);
  const point = pointOn(el, shape);
  const holds = wanted.same && !layer && point && JSON.stringify(wanted.same) === JSON.stringify(
    [location.href, performance.timeOrigin, text, ...factsOf(seen)]);
  if (wanted.arm) {
    if (!holds || !globalThis.bell || (wanted.box && JSON.stringify(wanted.box) !== JSON.stringify(seen.box))) return null;
    armFor(entry, wanted.pick);
    return [...point, innerWidth, innerHeight];
  }
  globalThis.picked = el;
  return JSON.stringify({ text, description: seen, at: middleOf(shape), layer, tangled: !layer && !point });
}
if (wanted.pointed) {
  const path = globalThis.bell?.caught() ?? [];
  const index = path.map((node) => elements.findIndex(({ el }) => ownOf(el).includes(node))).find((at) => at >= 0);
  return JSON.stringify({ caught: path.length > 0, control: index === undefined ? null : describe(elements[index], index) });
}
if (wanted.at) {
  const box = inner.getBoundingClientRect();
  const at = [box.x + inner.clientLeft + wanted.at[0], box.y + inner.clientTop + wanted.at[1]];
  return JSON.stringify({ at, layer: layerOver(inner, at) });
}
globalThis.bell?.listen();
return JSON.stringify({ ...description(), first: Boolean(globalThis.bell?.first) });
