// Which part of the page a control is in, whether it can be used now, and the title of the tile whose only link it is.
const LANDMARKS = new Map(Object.entries({
  dialog: 'dialog', alertdialog: 'dialog', main: 'main', nav: 'navigation', navigation: 'navigation', menubar: 'navigation',
  menu: 'navigation', tree: 'navigation', footer: 'footer', contentinfo: 'footer', header: 'header', banner: 'header', aside: 'aside',
  complementary: 'aside',
}));
const OF_A_SECTION = 'article,section,main,[role=main],[role=article],[role=region]';
const FEWEST_IN_A_BAR = 2;
const SEPARATED = /^[^\n/›»>]{1,60}(?:\s*[/›»>]\s*[^\n/›»>]{1,60}){1,6}$/;
const landmarkOf = (el) => {
  const name = LANDMARKS.get(el.getAttribute('role') || el.localName) || (el.getAttribute('aria-modal') === 'true' ? 'dialog' : '');
  // The header of a card is not the page's header.
  return /header|footer/.test(name) && parentOf(el)?.closest(OF_A_SECTION) ? '' : name;
};
// A bar that nothing names is known by its place: along an edge of the page, several links, no heading, no form.
const barAt = (el) => {
  const place = places.get(el);
  if (!place) return '';
  const inner = elements.filter(({ at }) => at >= place[0] && at < place[1]).length;
  if (inner < FEWEST_IN_A_BAR || el.matches('form') || el.querySelectorAll('input:not([type=hidden]),select,textarea').length > 1 || titles.some(([from]) => from >= place[0] && from < place[1])) return '';
  const box = el.getBoundingClientRect();
  const [top, bottom] = [box.top + scrollY, box.bottom + scrollY];
  const isWide = box.width >= innerWidth * 0.6;
  const whole = Math.max(document.scrollingElement?.scrollHeight || 0, innerHeight);
  if (isWide && top <= 12 && box.height <= 130) return 'header';
  if (isWide && bottom >= whole - 12 && top > innerHeight / 2 && box.height <= 260) return 'footer';
  const isAtASide = box.left <= 12 || box.right >= innerWidth - 12;
  if (isAtASide && box.width <= innerWidth * 0.3 && box.height >= innerHeight * 0.5) return 'navigation';
  return box.height <= 48 && SEPARATED.test(clean(out.slice(...place).join(''))) ? 'navigation' : '';
};
const partsKnown = new Map();
const partOf = (el) => {
  if (!el || el === document.body || el === document.documentElement) return '';
  let part = partsKnown.get(el);
  if (part === undefined) {
    part = landmarkOf(el) || partOf(parentOf(el)) || barAt(el);
    partsKnown.set(el, part);
  }
  return part;
};
// Spinners turn forever; what only blinks or bounces is an ornament.
const spinners = document.getAnimations().filter((one) => one.playState === 'running' && one.effect?.getTiming().iterations === Infinity
  && one.effect.target && one.effect.getKeyframes().some(({ transform, rotate, strokeDashoffset }) => /rotate/.test(transform || '') || rotate || strokeDashoffset))
  .map((one) => one.effect.target);
const STANDING = 'html,body,main,[role=main]';
// If it is set for the whole page it says something about the page, and is often left on by mistake.
const isBusy = (el, shape) => {
  const busy = around(el, '[aria-busy=true]');
  const { cursor } = styleOf(shape);
  return Boolean(busy && !busy.matches(STANDING)) || (/^(wait|progress)$/.test(cursor) && cursor !== styleOf(document.body).cursor)
    || spinners.some((one) => el.contains(one) && isShown(one)) || progress.some((one) => el.contains(one) && isShown(one));
};
// While a dialog is open, the whole page behind it is often disabled: that says nothing about its controls.
let laidOver = null;
const isSwitchedOff = (shape) => (lookOf(shape).inert || styleOf(shape).pointerEvents === 'none')
  && !((laidOver ??= isLaidOver()) && !around(shape, DIALOGS));
const isOff = (el, shape) => el.matches(':disabled') || Boolean(around(el, '[aria-disabled=true]')) || isSwitchedOff(shape)
  || /^(not-allowed|no-drop)$/.test(styleOf(shape).cursor);
// Texts not scrolled to their end yet: a disabled control next to one is waiting for that.
let unread = null;
const everyUnread = () => (unread ??= [...places.keys()].filter((el) => el !== ruling && el !== document.documentElement
  && /auto|scroll/.test(styleOf(el).overflow) && isShown(el) && el.scrollTop + el.clientHeight < el.scrollHeight - 4));
const BLOCKS = `${DIALOGS},form,section,article,fieldset,main,[role=main],body`;
const stateOf = (el) => {
  const shape = shapeOf(el);
  if (isBusy(el, shape)) return 'busy';
  if (!isOff(el, shape)) return '';
  const block = around(el, BLOCKS);
  return block && everyUnread().some((text) => block.contains(text) && !text.contains(el)) ? 'locked' : 'disabled';
};
// A link that says no more than "tıklayınız" is named by the title of the tile whose only control it is.
const LITTLE_SAID = /^(?:(?:[^\n]{0,200}\s)?t[ıi]klay[ıi]n(?:[ıi]z)?|(?:buraya|buradan|(?:[iİ][sş]leme|[iİ][sş]lemlere|sayfaya|hizmete) (?:git|ge[cç])|git|ilerle|ba[sş]la|incele|a[cç]|detay(?:lar)?|ayr[ıi]nt[ıi](?:lar)?))?$/iu;
const LONGEST_TILE = 60;  // words
const LONGEST_TITLE = 6;
const titleOver = ({ el, text, at, end }, names) => {
  const saysLittle = (words) => LITTLE_SAID.test(words.replace(/[^\p{L}\s]/gu, '').trim());
  if (!/^(link|button|generic)$/.test(roleOf(el)) || ![text, ...names].every(saysLittle)) return '';
  const tiles = boxes.filter(([box, from, to, count]) => from <= at && end <= to && count === 1 && box !== el && !box.matches('body,main,[role=main]')
    && wordsIn(textWithin([from, to])) <= LONGEST_TILE).sort((one, other) => one[2] - one[1] - other[2] + other[1]);
  for (const [, from, to] of tiles) {
    const headed = titles.filter(([first, last, , heading]) => from <= first && last <= to && !(first <= at && end <= last) && heading.localName !== 'h1');
    if (headed.length) return headed.length === 1 ? headed[0][2] : '';
    const line = starts.findIndex((start) => start >= from);
    const first = line >= 0 && starts[line + 1] <= at ? lines[line] : '';  // a line of its own, before the link's
    if (first && wordsIn(first) <= LONGEST_TITLE && !/[.!?:]$/.test(first)) return first;
  }
  return '';
};
