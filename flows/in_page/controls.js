// What each control is: its role, names, state, and what it would do.
// wanted.hidden adds what its form would send: see carried.js.
const written = (el) => {
  const texts = document.createTreeWalker(el, NodeFilter.SHOW_TEXT, (text) => (SKIPPED.has(text.parentNode.nodeName) ? 2 : 1));
  let words = '';
  while (texts.nextNode()) words += texts.currentNode.data;
  return words;
};
const byIds = (el, attribute) => (el.getAttribute(attribute) || '').split(/\s+/).filter(Boolean)
  .map((id) => el.getRootNode().getElementById?.(id)).map((one) => (one ? written(one) : '')).join(' ');
const roleOf = (el) => {
  const given = el.getAttribute('role');
  if (el.hasAttribute('aria-pressed') && (given === 'button' || el.localName === 'button')) return 'switch';
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
// The form that a control sends, also from inside a component: its shadow tree is in the form that its host is in.
const formAround = (el) => {
  if (el.form) return el.form;
  for (let up = el; up; up = parentOf(up)) if (up.localName === 'form') return up;
  return null;
};
const forms = [...document.forms];
const numberOf = (form) => {
  if (form && !forms.includes(form)) forms.push(form);
  return form ? forms.indexOf(form) : -1;
};
// What a block would submit besides what is seen: words there can give away an action behind a harmless label.
const formOf = (el) => {
  // A plain link goes where it says; one without an address of its own may submit the form it is in.
  const goes = el.localName === 'a' && /^(?!#|javascript:)./i.test(el.getAttribute('href') || '') && !el.hasAttribute('onclick');
  return goes ? null : formAround(el);
};
const effectOf = (el) => {
  const form = formOf(el);
  const parts = [el.getAttribute('href'), el.getAttribute('formaction'), el.getAttribute('onclick'), el.id,
    el.getAttribute('name')];
  for (const [name, value] of Object.entries(el.dataset || {})) parts.push(name, value);
  if (/^(submit|button|image|reset)$/.test(el.type || '')) parts.push(el.value);
  if (form) {
    parts.push(form.getAttribute('action'), form.id, form.getAttribute('name'));
  }
  return parts.filter(Boolean);
};
// The words just before a field and just after a box, for labels that aren't tied to their input.
const near = (at, step) => {
  const lines = clean(step < 0 ? out.slice(Math.max(0, at - 16), at).join('') : out.slice(at, at + 16).join('')).split('\n');
  return (step < 0 ? lines.pop() : lines.shift()) || '';
};
// Whether a box or switch is on. One that is neither ticked nor unticked is not on.
const isOn = (el) => (el.matches('input') ? el.checked === true : (el.getAttribute('aria-checked') ?? el.getAttribute('aria-pressed')) === 'true');
const TOGGLING = /^(?:checkbox|radio|switch)$/;
const rowOf = (el) => (labelled.has(el) && drawnFor(el).row) || null;
// The words for a box that nothing else names: those after it on its line, else in the block around it, else what follows.
const besideToggle = (el, at, end) => {
  const behind = clean(out.slice(end, end + 16).join('').split('\n')[0]);
  if (behind) return behind;
  const row = wordsAround(el);
  return (row && places.has(row) && clean([...out.slice(places.get(row)[0], at), ...out.slice(end, places.get(row)[1])].join('')).split('\n').join(' ')) || near(end, 1);
};
// What a switch says about its state is not one of its names.
const STATES = /^(?:a[çc][ıi]k|kapal[ıi]|on|off|aktif|pasif)$/iu;
const isState = (el, words) => el.getAttribute('role') === 'switch' && STATES.test(words.replaceAll('I', 'ı').trim());
const namesOf = ({ el, text, at, end }) => {
  const isField = /^(input|select|textarea)$/.test(el.localName);
  const button = el.localName === 'input' && roleOf(el) === 'button';
  const row = rowOf(el);
  const said = [el.getAttribute('aria-label'), byIds(el, 'aria-labelledby'), ...[...(el.labels || [])].map(written),
    row && places.has(row) ? out.slice(...places.get(row)).join('') : '', byIds(el, 'aria-describedby'),
    button ? (el.value || el.alt) : '', isField ? el.placeholder : '', el.getAttribute('title'),
    ...(el.firstElementChild || el.shadowRoot ? [...el.querySelectorAll('img[alt],svg[aria-label],svg > title')] : [])
      .map((i) => i.alt || i.getAttribute('aria-label') || i.textContent)];
  // An icon is not part of a label, unless it is all there is: then we know the control by it.
  if (!/[\p{L}\p{N}]/u.test(text)) for (const [place, word] of signs) if (place >= at && place < end) said.push(word);
  return said.map((name) => clean(name || '')).filter((name) => name && !isState(el, name));
};
const describe = (entry, index) => {
  const { el, at, end } = entry;
  const text = isState(el, entry.text) ? '' : entry.text;
  const form = formAround(el);
  const role = roleOf(el);
  const isToggle = TOGGLING.test(role);
  const isField = /^(input|select|textarea)$/.test(el.localName) && role !== 'button';
  const names = namesOf(entry);
  const box = el.getBoundingClientRect();
  let ancestor = -1;
  for (let up = el.parentNode || el.host; up; up = up.parentNode || up.host) {
    const found = positions.get(up);
    if (found !== undefined) { ancestor = found; break; }
  }
  const state = stateOf(el);
  return {
    index, role, tag: el.localName, type: el.type || '', id: el.id || '', name: el.getAttribute('name') || '',
    classes: [...el.classList], text, names, title: titleOver(entry, names),
    href: el.localName === 'a' || el.localName === 'area' ? el.href : '',
    action: form ? (el.getAttribute('formaction') || form.getAttribute('action') || '') : '',
    effects: [el, rowPressedFor(el)].filter(Boolean).flatMap(effectOf), carries: carriedBy(el, formOf(el)),
    disabled: state !== '', state, part: partOf(el),
    current: (role === 'tab' && el.getAttribute('aria-selected') === 'true') || !/^(null|false|)$/.test(el.getAttribute('aria-current')),
    checked: isToggle && isOn(el),
    beside: isToggle ? (text ? '' : besideToggle(el, at, end)) : isField ? near(at, -1) : '',
    form: numberOf(form), ancestor, box: [box.x, box.y, box.width, box.height],
    span: [at, end], required: el.required === true || el.getAttribute('aria-required') === 'true',
    labels: [...[...(el.labels || [])].map((label) => spans.get(label)), places.get(rowOf(el))].filter(Boolean),
  };
};
const positions = new Map(elements.map(({ el }, index) => [el, index]));
const text = lines.join('\n');
