// Describes what a person can see and use in one frame: its text, headings, controls and dialogs.
// Open shadow trees are walked; what is hidden is left out. No field's value is ever read here.
// The first half of one function of `wanted`; press.js is the second.
// wanted.hidden adds the names and plain-word values of a form's hidden inputs to what the form's buttons are known to do.
const LONGEST_HOP_S = 30;
const INTERACTIVE = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,[role=button],'
  + '[role=link],[role=checkbox],[role=radio],[role=tab],[role=menuitem],[role=option],[role=switch],[onclick],'
  + '[tabindex]:not([tabindex="-1"])';
const SKIPPED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'HEAD', 'IFRAME', 'OBJECT', 'SVG', 'svg']);
const HEADINGS = new Set(['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'LEGEND']);
const TOGGLES = 'input[type=checkbox],input[type=radio]';
const QUOTING = new Set(['q', 'blockquote', 'figure', 'cite']);
const DIALOGS = 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true]';
const styles = new Map();
const styleOf = (el) => {
  let style = styles.get(el);
  if (!style) styles.set(el, style = getComputedStyle(el));
  return style;
};
const clean = (text) => text.replace(/[ \t\r\f]+/g, ' ').replace(/ *\n[ \n]*/g, '\n').trim();
const isFlat = (style) => style.display.startsWith('inline') || style.display === 'contents';

// Clipped: shrunk to a point or cut away, with all that is in it, as texts for screen readers only are.
const isClipped = (el) => {
  const style = styleOf(el);
  if (/^inset\(50%|^rect\((0(px)?|1px)[ ,]/.test(style.clipPath)) return true;
  if (style.position === 'absolute' && /^rect\((0|1)px[ ,]+(0|1)px/.test(style.clip)) return true;
  if (style.overflow === 'visible' || style.display === 'contents' || style.display === 'inline') return false;
  const box = el.getBoundingClientRect();
  return box.width <= 1 || box.height <= 1;
};
// Shown: rendered, not transparent, and not moved off the page.
const shown = new Map();
const isShown = (el) => {
  let answer = shown.get(el);
  if (answer === undefined) {
    answer = el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (answer && styleOf(el).display !== 'contents') {
      const box = el.getBoundingClientRect();
      answer = !isClipped(el) && box.right + scrollX > 0 && box.bottom + scrollY > 0;
    }
    shown.set(el, answer);
  }
  return answer;
};
// What has no box of its own, as slots have none, is seen where the box around it is.
const boxOf = (el) => {
  let up = el;
  while (up && up.nodeType === Node.ELEMENT_NODE && styleOf(up).display === 'contents') {
    up = up.assignedSlot || up.parentElement || up.getRootNode().host;
  }
  return up;
};
const isTextShown = (el) => {
  const box = boxOf(el);
  return Boolean(box) && parseFloat(styleOf(el).fontSize) >= 1 && isShown(box) && (box === el || styleOf(el).visibility === 'visible');
};
// A ticked box is often drawn by its label while the input itself is transparent or out of the way.
const shownLabels = (el) => [...(el.labels || [])].filter(isShown);
const isUsable = (el) => isShown(el)
  || (el.localName === 'input' && /^(checkbox|radio)$/.test(el.type) && shownLabels(el).length > 0);

const childrenOf = (node) => {
  if (node.shadowRoot) return node.shadowRoot.childNodes;
  if (node.localName === 'slot') {
    const assigned = node.assignedNodes();
    if (assigned.length) return assigned;
  }
  return node.childNodes;
};

const headings = [];
// Inputs that only their label shows.
const labelled = new Set();
const elements = [];
// Where in the text the words of labels and of what may lie over the page begin and end, as numbers of pieces of `out`.
const spans = new Map();
// The same of each block with controls in it, and how many: what stands in one box with a button belongs to it.
const boxes = [];
const collect = (node, out) => {
  for (const child of childrenOf(node)) {
    if (child.nodeType === Node.TEXT_NODE) {
      if (child.data && (node.nodeType !== Node.ELEMENT_NODE || isTextShown(node))) out.push(child.data.replace(/\s+/g, ' '));
      continue;
    }
    if (child.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(child.nodeName)) continue;
    if (child.localName === 'br') { out.push('\n'); continue; }
    const style = styleOf(child);
    if (style.display === 'none' || isClipped(child)) {
      const found = (el) => elements.push({ el, text: '', at: out.length, end: out.length });
      if (child.matches(INTERACTIVE)) {
        if (isUsable(child)) found(child);
      } else if (style.display !== 'none') {
        // A box that is drawn beside its hidden input is still a box, with its own label.
        for (const el of child.querySelectorAll(TOGGLES)) {
          if (!shownLabels(el).length) continue;
          labelled.add(el);
          found(el);
        }
      }
      continue;
    }
    const usable = child.matches(INTERACTIVE)
      || (style.cursor === 'pointer' && styleOf(child.parentElement || child).cursor !== 'pointer');
    const entry = usable && isUsable(child) ? { el: child, text: '', at: out.length, end: out.length } : null;
    if (entry) elements.push(entry);
    const flat = isFlat(style);
    // Boxes and controls in one line are words of their own even where no space stands between them.
    const edge = flat ? (entry || style.display !== 'inline' ? ' ' : '') : '\n';
    out.push(edge);
    const start = out.length;
    const before = elements.length;
    const quotes = QUOTING.has(child.localName);
    if (quotes) out.push('“');
    collect(child, out);
    // What is chosen in a list of the page's own words is shown like any other text; at the gateway nothing is looked at.
    if (child.localName === 'select' && wanted.hidden) for (const one of child.selectedOptions) out.push(one.label, '\n');
    if (entry) entry.at = start;
    if (child.localName === 'label' || /^(fixed|absolute|sticky)$/.test(style.position) || child.matches(DIALOGS)) {
      spans.set(child, [start, out.length]);
    }
    if (!flat && elements.length > before) boxes.push([child, start, out.length, elements.length - before]);
    if (entry || HEADINGS.has(child.nodeName) || child.getAttribute('role') === 'heading') {
      const text = clean(out.slice(start).join(''));
      if (entry) entry.text = text;
      else if (text && isShown(child)) headings.push(text);
      if (entry && HEADINGS.has(child.nodeName) && text) headings.push(text);
    }
    if (quotes) out.push('”');
    if (child.localName === 'input' && /^(submit|button|reset)$/.test(child.type) && isShown(child)) out.push(child.value);
    if (entry) entry.end = out.length;
    out.push(edge);
  }
};
const out = [];
if (document.body) collect(document.body, out);
// The text as lines, and each line as runs: what stands between the edges of controls and labels, with the number of the
// piece where it begins.
const lines = [];
const runs = [];
const edges = new Set(elements.flatMap(({ at, end }) => [at, end]));
for (const [el, span] of spans) if (el.localName === 'label') span.forEach((edge) => edges.add(edge));
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

const byIds = (el, attribute) => (el.getAttribute(attribute) || '').split(/\s+/).filter(Boolean)
  .map((id) => el.getRootNode().getElementById?.(id)?.textContent || '').join(' ');
const roleOf = (el) => {
  const given = el.getAttribute('role');
  if (given) return given;
  if (el.localName === 'a' || el.localName === 'area') return 'link';
  if (el.localName === 'select') return 'combobox';
  if (el.localName === 'textarea') return 'textbox';
  if (el.localName === 'input') {
    if (/^(submit|button|reset|image)$/.test(el.type)) return 'button';
    return /^(checkbox|radio)$/.test(el.type) ? el.type : 'textbox';
  }
  return el.localName === 'button' || el.localName === 'summary' ? 'button' : 'generic';
};
// What a block would submit besides what is seen: words there can give away an action behind a harmless label.
const effectOf = (el) => {
  // A plain link goes where it says; one without an address of its own may send the form it stands in.
  const goes = el.localName === 'a' && /^(?!#|javascript:)./i.test(el.getAttribute('href') || '') && !el.hasAttribute('onclick');
  const form = goes ? null : el.form || el.closest('form');
  const parts = [el.getAttribute('href'), el.getAttribute('formaction'), el.getAttribute('onclick'), el.id,
    el.getAttribute('name')];
  for (const [name, value] of Object.entries(el.dataset || {})) parts.push(name, value);
  if (/^(submit|button|image|reset)$/.test(el.type || '')) parts.push(el.value);
  if (form) {
    parts.push(form.getAttribute('action'), form.id, form.getAttribute('name'));
  }
  if (form && wanted.hidden) {
    for (const input of form.querySelectorAll('input[type=hidden]')) {
      parts.push(input.name);
      if (/^[\p{L}_-]{2,40}$/u.test(input.value)) parts.push(input.value);
    }
  }
  return parts.filter(Boolean);
};
// The words just before a field and just after a box, for labels that are not tied to their input.
const near = (at, step) => {
  const lines = clean(step < 0 ? out.slice(Math.max(0, at - 16), at).join('') : out.slice(at, at + 16).join('')).split('\n');
  return (step < 0 ? lines.pop() : lines.shift()) || '';
};
const describe = ({ el, text, at, end }, index) => {
  const form = el.form || el.closest('form');
  const isField = /^(input|select|textarea)$/.test(el.localName);
  const button = el.localName === 'input' && roleOf(el) === 'button';
  const labels = [...(el.labels || [])].map((label) => label.textContent);
  const names = [el.getAttribute('aria-label'), byIds(el, 'aria-labelledby'), ...labels, byIds(el, 'aria-describedby'),
    button ? (el.value || el.alt) : '', isField ? el.placeholder : '', el.getAttribute('title'),
    ...[...el.querySelectorAll('img[alt],svg[aria-label]')].map((i) => i.alt || i.getAttribute('aria-label'))];
  const box = el.getBoundingClientRect();
  let ancestor = -1;
  for (let up = el.parentNode || el.host; up; up = up.parentNode || up.host) {
    const at = positions.get(up);
    if (at !== undefined) { ancestor = at; break; }
  }
  return {
    index, role: roleOf(el), tag: el.localName, type: el.type || '', id: el.id || '', name: el.getAttribute('name') || '',
    classes: [...el.classList], text, names: names.map((n) => clean(n || '')).filter(Boolean),
    href: el.localName === 'a' || el.localName === 'area' ? el.href : '',
    action: form ? (el.getAttribute('formaction') || form.getAttribute('action') || '') : '',
    effects: effectOf(el),
    disabled: el.matches(':disabled') || el.getAttribute('aria-disabled') === 'true',
    checked: roleOf(el) === 'checkbox' || roleOf(el) === 'radio' || roleOf(el) === 'switch'
      ? (el.checked === true || el.getAttribute('aria-checked') === 'true') : false,
    beside: isField && !button
      ? near(at, roleOf(el) === 'checkbox' || roleOf(el) === 'radio' ? 1 : -1) : '',
    form: form ? [...document.forms].indexOf(form) : -1, ancestor, box: [box.x, box.y, box.width, box.height],
    span: [at, end], required: el.required === true || el.getAttribute('aria-required') === 'true',
    labels: [...(el.labels || [])].map((label) => spans.get(label)).filter(Boolean),
  };
};
const positions = new Map(elements.map(({ el }, index) => [el, index]));
const text = lines.join('\n');
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
    dialogs: dialogs.map(({ span, modal }) => ({ span, modal })),
    controls: elements.map(describe),
  };
};
