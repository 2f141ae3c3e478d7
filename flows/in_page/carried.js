// What a press on a button would send besides what a person sees: the hidden values of its form, and the value of each
// ticked box and each list. As name=value pairs; of a value we take only what has words in it. No field with typed text is
// read, and at the gateway (wanted.hidden is false) none of this is.
const LONGEST_VALUE = 200;
const pairOf = (name, value) => `${name || ''}=${/\p{L}{2}/u.test(value || '') ? value.slice(0, LONGEST_VALUE) : ''}`;
const sent = new Map();
const sentBy = (form) => {
  const pairs = [];
  const known = new Set(elements.map(({ el }) => el));
  // form.elements also has those outside the form that are tied to it.
  for (const el of form.elements) {
    if (el.matches(':disabled')) continue;
    if (el.localName === 'select') {
      for (const one of el.selectedOptions) pairs.push(pairOf(el.name, one.value), pairOf('', one.label === one.value ? '' : one.label));
    } else if (el.type === 'hidden') pairs.push(pairOf(el.name, el.value));
    else if (/^(checkbox|radio)$/.test(el.type) && el.checked) {
      // When nobody sees it, its name is the only hint at what it is for.
      pairs.push(pairOf(el.name, `${el.getAttribute('value') || ''}${known.has(el) ? '' : ` ${el.name || el.id || 'x'}`}`));
    }
  }
  // A switch of the page's own that nobody sees still counts as on for the page's script.
  for (const el of form.querySelectorAll(TOGGLE_ROLES)) {
    if (isOn(el) && !known.has(el) && !drawnParts.has(el) && !el.querySelector('input')) pairs.push(pairOf('', el.getAttribute('aria-label') || el.textContent));
  }
  return pairs.filter((pair) => pair !== '=');
};
const carriedBy = (el, form) => {
  if (!form || !wanted.hidden || /^(checkbox|radio|switch|textbox|combobox)$/.test(roleOf(el))) return [];
  if (!sent.has(form)) sent.set(form, sentBy(form));
  return el.localName === 'button' && el.value ? [...sent.get(form), pairOf(el.name, el.value)] : sent.get(form);
};
