// The text of a frame as a person reads it, piece by piece, and the controls within it. No field's value is ever read here.
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
