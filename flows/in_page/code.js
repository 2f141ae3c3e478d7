// What a person can read in a frame, piece by piece with its place, including what is in text fields.
// Only ever run on the signing screen, where a field may show the code. Password fields are never read.
// Comes after the parts that say what a person sees: see flows/scripts.py.
const read = [];
let lineNumber = 0;
let words = 0;
const placeOf = (box) => [box.x, box.y, box.width, box.height];
const isReadField = (el) => el.localName === 'textarea'
  || (el.localName === 'input' && /^(text|tel|number|search|button|submit|)$/.test(el.type));
const kindOf = (el) => `${el.localName} ${el.className?.baseVal ?? el.className} ${styleOf(el).fontSize}`;
const put = (text, box, el, named) => {
  read.push({ line: lineNumber, word: words, text, box: placeOf(box), kind: kindOf(el), named });
};
const putStyled = (el, part, named) => {
  const said = saidByStyle(el, part);
  if (said) put(said, el.getBoundingClientRect(), el, named);
};
const readIn = (node, named) => {
  for (const child of childrenOf(node)) {
    if (child.nodeType === Node.TEXT_NODE) {
      const el = child.parentElement || child.getRootNode().host;
      if (!child.data.trim()) words += 1;
      else if (el && isTextShown(el, child)) put(child.data.replace(/\s+/g, ' '), areaOf(child), el, named);
      continue;
    }
    if (child.nodeType !== Node.ELEMENT_NODE || (SKIPPED.has(child.nodeName) && child.localName !== 'svg')) continue;
    const style = styleOf(child);
    if (style.display === 'none' || style.textDecorationLine.includes('line-through')) continue;  // a code struck out is an old one
    const flat = isFlat(style) && child.localName !== 'br';
    if (!flat) lineNumber += 1;
    else if (style.display !== 'inline' && style.display !== 'contents') words += 1;
    const control = named || child.matches('a,button,summary,[role=button],[role=link],[aria-hidden=true]');
    if (isReadField(child)) {
      words += 1;
      if (isShown(child) && child.value) put(child.value, child.getBoundingClientRect(), child, child.matches('[type=button],[type=submit]'));
      words += 1;
    } else if (!child.matches('input,select')) {
      putStyled(child, '::before', control);
      readIn(child, control);
      putStyled(child, '::after', control);
    }
    if (!flat) lineNumber += 1;
    else if (style.display !== 'inline' && style.display !== 'contents') words += 1;
  }
};
if (document.body) readIn(document.body, false);
return read;
