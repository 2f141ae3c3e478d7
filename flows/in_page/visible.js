// What a person sees in one frame: which elements and texts are shown. Open shadow trees are walked.
// The first part of one function of `wanted`; flows/scripts.py tells the order of all parts.
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
