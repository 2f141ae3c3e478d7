// Describes what a person can see and use in one frame: its text, headings and controls.
// Open shadow trees are walked; what is hidden is left out. No field's value is ever read here.
// Called with {} it returns the description, as JSON: that crosses to the program in a fraction of the time. With
// {pick: n} it scrolls the n-th control into view and returns its element, its description, so that an act can check that
// it is still the control that was decided upon, and the controls of the layer that lies over it, if one does.
// {same: […]} is what was decided upon: where all of it still holds and nothing lies over the control, the element alone
// is returned, which saves asking for the rest.
// {arm: milliseconds} beside both prepares a press: where all still holds it returns the point to press, and from then until the
// press is over, or for so long, lets no mouse event through that is not upon that very control as it was decided upon;
// one line on the debug console tells of a press that was held back. Otherwise it returns null and nothing is armed.
// {box: […]} beside them: the control must have kept its place since it was looked at, with no other control within it
// at that point.
// With {inner: frame, at: [x, y]} it tells only of the layer over that point of a frame in this document.
// {hidden: true} adds the names and plain-word values of a form's hidden inputs to what the form's buttons are known to do.
({ pick, same, arm, box: place, inner, at: point, hidden }) => {
  const FACTS = ['role', 'type', 'id', 'name', 'text', 'names', 'beside', 'href', 'effects', 'disabled', 'checked', 'form'];
  const LONGEST_HOP_S = 30;
  const PRESS_EVENTS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
  const INTERACTIVE = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,[role=button],'
    + '[role=link],[role=checkbox],[role=radio],[role=tab],[role=menuitem],[role=option],[role=switch],[onclick],'
    + '[tabindex]:not([tabindex="-1"])';
  const SKIPPED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'HEAD', 'IFRAME', 'OBJECT', 'SVG', 'svg']);
  const HEADINGS = new Set(['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'LEGEND']);
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
  const elements = [];
  const collect = (node, out) => {
    for (const child of childrenOf(node)) {
      if (child.nodeType === Node.TEXT_NODE) {
        if (child.data && (node.nodeType !== Node.ELEMENT_NODE || isShown(node))) out.push(child.data.replace(/\s+/g, ' '));
        continue;
      }
      if (child.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(child.nodeName)) continue;
      if (child.localName === 'br') { out.push('\n'); continue; }
      const style = styleOf(child);
      if (style.display === 'none' || isClipped(child)) {
        if (child.matches(INTERACTIVE) && isUsable(child)) elements.push({ el: child, text: '', at: out.length });
        continue;
      }
      const usable = child.matches(INTERACTIVE)
        || (style.cursor === 'pointer' && styleOf(child.parentElement || child).cursor !== 'pointer');
      const entry = usable && isUsable(child) ? { el: child, text: '', at: out.length } : null;
      if (entry) elements.push(entry);
      const flat = isFlat(style);
      // Boxes and controls in one line are words of their own even where no space stands between them.
      const edge = flat ? (entry || style.display !== 'inline' ? ' ' : '') : '\n';
      out.push(edge);
      const start = out.length;
      collect(child, out);
      if (entry || HEADINGS.has(child.nodeName) || child.getAttribute('role') === 'heading') {
        const text = clean(out.slice(start).join(''));
        if (entry) entry.text = text;
        else if (text && isShown(child)) headings.push(text);
        if (entry && HEADINGS.has(child.nodeName) && text) headings.push(text);
      }
      if (child.localName === 'input' && /^(submit|button|reset)$/.test(child.type) && isShown(child)) out.push(child.value);
      out.push(edge);
    }
  };
  const out = [];
  if (document.body) collect(document.body, out);

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
    const form = el.form || el.closest('form');
    const parts = [el.getAttribute('href'), el.getAttribute('formaction'), el.getAttribute('onclick'), el.id,
      el.getAttribute('name')];
    for (const [name, value] of Object.entries(el.dataset || {})) parts.push(name, value);
    if (/^(submit|button|image|reset)$/.test(el.type || '')) parts.push(el.value);
    if (form && el.localName !== 'a') {
      parts.push(form.getAttribute('action'), form.id, form.getAttribute('name'));
    }
    if (form && hidden) {
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
  const describe = ({ el, text, at }, index) => {
    const form = el.form || el.closest('form');
    const isField = /^(input|select|textarea)$/.test(el.localName);
    const button = el.localName === 'input' && roleOf(el) === 'button';
    const labels = [...(el.labels || [])].map((label) => label.textContent);
    const names = [el.getAttribute('aria-label'), byIds(el, 'aria-labelledby'), ...labels,
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
    };
  };
  const positions = new Map(elements.map(({ el }, index) => [el, index]));
  const text = clean(out.join(''));
  const middleOf = (target) => {
    const shape = isShown(target) ? target : shownLabels(target)[0];
    shape.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = shape.getBoundingClientRect();
    return [shape, box.x + box.width / 2, box.y + box.height / 2];
  };
  const lineage = (node) => { const up = []; for (; node; node = node.parentNode || node.host) up.push(node); return up; };
  const topmostAt = (x, y) => {
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    return hit;
  };
  // Which controls belong to the layer that lies over a point of an element, or null when nothing does.
  const layerOver = ([shape, x, y]) => {
    const hit = topmostAt(x, y);
    const [over, under] = [lineage(hit), lineage(shape)];
    if (hit && (over.includes(shape) || (under.includes(hit) && !hit.matches?.('dialog')))) return null;
    const isLayer = (node) => node instanceof Element && !under.includes(node)
      && (node.matches('dialog,[role=dialog],[role=alertdialog],[aria-modal=true],[popover]')
        || /^(fixed|sticky|absolute)$/.test(styleOf(node).position));
    const layer = over.filter(isLayer).pop();
    return layer ? elements.flatMap(({ el }, index) => (lineage(el).includes(layer) ? [index] : [])) : [];
  };
  const factsOf = (description) => FACTS.map((name) => description[name]);
  // Whether a press that meets these nodes, innermost first, is one upon the control; directly: and upon none within it.
  const isUpon = (el, nodes, directly) => {
    const own = [el, ...(el.labels || [])];
    const isOther = (node) => directly && (positions.has(node) || node.matches?.(INTERACTIVE));
    return own.includes(nodes.find((node) => own.includes(node) || isOther(node)));
  };
  const armFor = ({ el, at }, index, directly) => {
    const now = () => {
      [styles, shown].forEach((known) => known.clear());
      const parts = [];
      collect(el, parts);
      return JSON.stringify(factsOf(describe({ el, at, text: clean(parts.join('')) }, index)));
    };
    const wanted = now();
    let lets;
    const disarm = () => PRESS_EVENTS.forEach((name) => removeEventListener(name, check, true));
    const check = (event) => {
      if (!event.isTrusted) return;
      if (lets === undefined) {
        lets = isUpon(el, event.composedPath(), directly) && now() === wanted;
        if (!lets) console.debug('eonay:missed');
      }
      if (!lets) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (event.type === 'pointerup') setTimeout(disarm);  // the click comes before, where one comes at all
    };
    PRESS_EVENTS.forEach((name) => addEventListener(name, check, true));
    setTimeout(disarm, arm);
  };
  if (pick !== undefined) {
    const entry = elements[pick];
    if (!entry) return arm ? null : { element: null };
    const description = describe(entry, pick);
    const middle = middleOf(entry.el);
    const layer = layerOver(middle);
    const holds = same && !layer && JSON.stringify(same) === JSON.stringify([location.href, performance.timeOrigin, text,
      ...factsOf(description)]);
    if (arm) {
      const at = middle.slice(1);
      const isInPlace = () => JSON.stringify(place) === JSON.stringify(description.box)
        && isUpon(entry.el, lineage(topmostAt(...at)), true);
      if (!holds || (place && !isInPlace())) return null;
      armFor(entry, pick, Boolean(place));
      return at;
    }
    if (holds) return entry.el;
    const facts = { text, description, at: middle.slice(1), layer };
    return { element: entry.el, facts: JSON.stringify(facts) };
  }
  if (inner) {
    const box = inner.getBoundingClientRect();
    const at = [box.x + inner.clientLeft + point[0], box.y + inner.clientTop + point[1]];
    return JSON.stringify({ at, layer: layerOver([inner, ...at]) });
  }
  const isMovingOn = () => {
    const told = document.querySelector('meta[http-equiv=refresh i]')?.content.match(/^\s*(\d+)[\s\d.]*[;,]\s*url\s*=/i);
    return told ? Number(told[1]) <= LONGEST_HOP_S : false;
  };
  const alerts = [...document.querySelectorAll('[role=alert],.fieldError,.alert.error')]
    .filter(isShown).map((el) => clean(el.textContent)).filter(Boolean);
  return JSON.stringify({
    url: location.href, title: document.title, ready: document.readyState,
    document: performance.timeOrigin, text, headings, alerts, moving: isMovingOn(), controls: elements.map(describe),
  });
}
