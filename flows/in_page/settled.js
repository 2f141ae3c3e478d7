// Signs that a frame is still being drawn, and which of its parts aren't what it is about.
// Only definitions: text.js notes where those parts are, description.js asks for the rest.
const PLACES = 'header,nav,footer,aside,[role=banner],[role=navigation],[role=contentinfo],[role=complementary],[role=search],'
  + '[role=log],[role=marquee],[role=timer],[aria-roledescription=carousel i],[aria-roledescription=slider i],'
  + '[aria-label=breadcrumb i],[aria-label=breadcrumbs i]';
// The elements whose words text.js notes, apart from those known by their style.
const NOTED = `${DIALOGS},${PLACES}`;
const CONTENT = 'main,[role=main],article,section,form,dialog,[role=dialog]';
// A header inside the content is its title.
const isPlace = (el) => el.matches(PLACES) && !(/^(header|footer)$/.test(el.localName) && el.parentElement?.closest(CONTENT));
const upFrom = (el) => el.parentElement || el.getRootNode().host;
const isAside = (el) => {
  for (let up = el; up; up = upFrom(up)) if (isPlace(up)) return true;
  return false;
};
const LOADING = /y[uü]kleniyor|bekley|loading|(?:^|[\W_])(?:spinner|loader)(?:[\W_]|$)/i;
const BUSY = '[aria-busy=true],progress:indeterminate,[role=progressbar]:not([aria-valuenow]):not([aria-valuetext])';
const MOVED_BY_ITSELF = 'animate[repeatCount=indefinite],animateTransform[repeatCount=indefinite]';
const NO_PLACEHOLDER = 'input,img,br,wbr,hr,svg,svg *,canvas,iframe,video,audio,textarea,select,button,progress,meter,td,th,col,option,'
  + 'a,label,[role=separator],[role=img],[role=slider]';
const HOLDS = 'img,input,button,canvas,video,textarea,select,iframe';
// A line of a skeleton is at least this big, CSS pixels; the dots of a loader are smaller, and there are several.
const LINE = [40, 8];
const DOT = [4, 28];
// A colour without a hue that is neither white nor transparent.
const isGrey = (css) => {
  const colour = colourOf(css);
  if (!colour?.alpha) return false;
  const [low, high] = [Math.min(...colour.channels), Math.max(...colour.channels)];
  return high - low <= 24 && low < 250;
};
const isGreyGround = ({ backgroundColor, backgroundImage }) => {
  const shades = /^linear-gradient/.test(backgroundImage) ? backgroundImage.match(/rgba?\([^)]+\)/g) || [] : [backgroundColor];
  return shades.length > 0 && shades.every(isGrey);
};
const isPainted = (el) => [null, '::before', '::after'].some((pseudo) => {
  const style = pseudo ? getComputedStyle(el, pseudo) : styleOf(el);
  if (pseudo && style.content === 'none') return false;
  return style.backgroundImage !== 'none' || (colourOf(style.backgroundColor)?.alpha ?? 1) > 0;
});
const isAtLeast = (box, [width, height]) => box.width >= width && box.height >= height;
// A spinner's words for screen readers aren't what a page is about.
const isWordless = (el) => {
  const words = el.textContent.trim();
  return (!words || (words.length < 40 && LOADING.test(words))) && !el.querySelector(HOLDS);
};
// What an endless animation makes of a wordless element: a spinner, a skeleton line, one dot of several, or nothing.
const animated = (animation) => {
  const { effect } = animation;
  const el = effect?.target;
  if (!el || animation.playState !== 'running' || effect.getComputedTiming().iterations !== Infinity) return null;
  if (!isWordless(el) || !isShown(el) || Number(styleOf(el).zIndex) < 0) return null;
  const frames = effect.getKeyframes();
  const turns = frames.some((frame) => frame.rotate || /rotate/.test(frame.transform || '')
    || frame.strokeDashoffset || frame.strokeDasharray);
  const box = el.getBoundingClientRect();
  if (turns) return [el, 'spinner'];
  if (isAtLeast(box, LINE) && (isPainted(el) || [...el.children].some(isPainted))) return [el, 'skeleton'];
  return isAtLeast(box, [DOT[0], DOT[0]]) && box.width <= DOT[1] && box.height <= DOT[1] && isPainted(el) ? [el, 'dot'] : null;
};
// An empty grey box is a placeholder if there are others: one alone is a separator line.
const greyBoxes = (seen) => {
  const grey = seen.filter((el) => !el.firstChild && !el.shadowRoot && !el.matches(NO_PLACEHOLDER)
    && isGreyGround(styleOf(el)) && isShown(el) && isAtLeast(el.getBoundingClientRect(), LINE));
  return grey.length > 1 ? grey : [];
};
// Where an element is: the words of the smallest block with controls around it, and the box of what it lies in.
const spanAround = (el) => {
  for (let up = el; up; up = upFrom(up)) {
    const box = boxes.find((one) => one[0] === up && isPart(one));
    if (box) return [box[1], box[2]];
  }
  return null;
};
const layerBox = (el) => {
  let layer = el;
  for (let up = el; up; up = upFrom(up)) if (/^(absolute|fixed)$/.test(styleOf(up).position)) layer = up;
  const box = layer.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
};
const unsettledMarks = () => {
  const seen = [...styles.keys()];
  const roots = [document, ...seen.map((el) => el.shadowRoot).filter(Boolean)];
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const moving = roots.flatMap((root) => root.getAnimations()).map(animated).filter(Boolean);
  const dots = moving.filter(([, kind]) => kind === 'dot').map(([el]) => el);
  const found = [
    ...moving.filter(([el, kind]) => kind !== 'dot' || dots.some((one) => one !== el && one.parentNode === el.parentNode)),
    ...all(BUSY).filter(isShown).map((el) => [el, 'busy']),
    ...all(MOVED_BY_ITSELF).map((el) => el.closest('svg')).filter((el) => el && isShown(el) && isWordless(el)).map((el) => [el, 'spinner']),
    ...[...document.images].filter((el) => LOADING.test(`${el.alt} ${el.title} ${el.src.split('/').pop()}`) && isShown(el)).map((el) => [el, 'spinner']),
    ...greyBoxes(seen).map((el) => [el, 'grey']),
  ];
  return found.filter(([el]) => !isAside(el)).map(([el, kind]) => ({ kind, span: spanAround(el), box: layerBox(el) }));
};
const asides = () => [...spans].filter(([el]) => isPlace(el)).map(([, span]) => span);
