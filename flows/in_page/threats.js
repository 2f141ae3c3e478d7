// What a press by the person's own hand would do: which danger, or none. Comes last, after the parts that describe the
// frame; `wanted.words` are the rules of danger_words.js. `wanted.verdict` is what the program said of this exact text: as
// long as the text holds, that decides. A page that has changed since is judged by its own words, more strictly.
const { words, verdict } = wanted;
const MOST_WORDS = 40;
const MOST_IN_A_LABEL = 6;
// A label with one of these only talks about an act: "Sertifika iptal koşulları", "İptal edilen başvurular".
const TELLS_OF_IT = /(?:pencere|kutu|panel|ekran|sayfa|liste|detay|ayrinti|bilgi|mesaj|uyari|menu|dialog|diyalog|filtre|arama|durum|sorgu|kosul|neden|sebep|rehber|kilavuz|yardim|nasil|hakkinda|gecmis|goruntule|incele|geri don|bitir)|(?:lar|ler)(?:i|im|imiz|iniz)?$|[iu][ln](?:di|du|mis|mus)\w*$/;
const CONTROLS_OF_OTHERS = 'html,body,main,form,fieldset,[role=main]';
const LEAVES = /^(?:.*[^a-z])?(?:cikis|logout|log-out|signout|oturum\w*kapat)/;
const isTyped = (el) => el.matches?.('select,textarea,input:not([type=submit],[type=button],[type=reset],[type=image],[type=checkbox],[type=radio])')
  || el.isContentEditable === true;
const lineOf = (said) => said.split('\n').find(Boolean) || '';

// --- the page ---
const saidByPage = () => {
  if (verdict && verdict.text === text) return verdict.danger;
  const labels = elements.flatMap((entry) => [lineOf(entry.text), ...namesOf(entry)]);
  if (words.withdraws(text) && labels.some(words.isProceed)) return 'withdrawal';
  if (new Set(labels.map(words.serviceNamed).filter(Boolean)).size > 1) return '';  // the page of tiles names every service
  const named = new Set([...document.title.split(/\s[|·–—-]\s/), ...headings].map(words.serviceNamed).filter(Boolean));
  return named.size === 1 ? [...named][0] : '';
};
let known;
const pageDanger = () => (known ??= saidByPage());

// --- what a control would set off ---
const firstThreat = (told, isHarmless = () => false) => {
  for (const part of told) {
    const found = part && words.forbiddenAction(part);
    if (found && !isHarmless(part, found)) return words.kindOf(`${part} ${found}`);
  }
  return '';
};
// An address we came through is a way back, even within a service that does harm.
const isBehind = (address) => {
  let to;
  try { to = new URL(address, location.href); } catch { return false; }
  return to.origin === location.origin && (to.pathname === location.pathname || location.pathname.startsWith(`${to.pathname.replace(/\/$/, '')}/`));
};
const ownEffects = (el) => [el.getAttribute('href') ?? el.getAttribute('xlink:href'), el.getAttribute('onclick'), el.getAttribute('formaction'),
  el.getAttribute('name'), /^(?:submit|button|image)$/.test(el.type || '') ? el.value : '', ...Object.values(el.dataset || {})];
const isLink = (el) => /^(?:a|area)$/.test(el.localName);
const dialogOf = (el) => dialogs.find((one) => lineage(el).includes(one.el));
const saidWithout = (span, leaving) => textWithin(span).split('\n').filter((line) => !leaving(line)).join('\n');
const entryOf = (el) => elements[positions.get(el)] || { el, text: clean(el.innerText ?? el.textContent), at: out.length, end: out.length };
// A link in a drawing, or an area of a picture, has no text that the look at a frame takes in.
const alsoSaid = (el) => (/^(?:a|area)$/.test(el.localName) ? [el.alt || '', el instanceof SVGElement ? clean(el.textContent) : ''] : []);
const labelOf = (el) => { const entry = entryOf(el); return lineOf(entry.text) || [...namesOf(entry), ...alsoSaid(el)].find(Boolean) || ''; };
// "Sertifikamı Sil", "E-Onay'ı Kaldır": an act on the thing it names, whatever the verb.
const isActUpon = (said) => wordsIn(said) <= MOST_IN_A_LABEL && words.takesBack(said) && !TELLS_OF_IT.test(words.skeleton(said));
// "İptal" next to "Devam" is a way back; where a certificate is revoked it is the act itself.
const isTheAct = (el) => pageDanger() === 'revocation'
  || Boolean(dialogOf(el) && words.takesBack(saidWithout(dialogOf(el).span, words.isWayBack)));
const isBack = (el, label) => words.isWayBack(label) && !(words.isCancel(label) && isTheAct(el));
const leavesPage = (form) => LEAVES.test(words.skeleton(form.getAttribute('action') || ''));
const submits = (el) => /^(?:submit|image)$/.test(el.type || '') && el.form && el.form.method === 'post' && !leavesPage(el.form);
const asksForIt = (el) => {
  const dialog = dialogOf(el);
  const said = dialog ? textWithin(dialog.span) : '';
  return (words.isForbidden(said) || words.takesBack(said)) && words.asks(said) ? words.kindOf(said) : '';
};
const threatOf = (el) => {
  if (isTyped(el)) return '';
  const one = describe(entryOf(el), positions.get(el) ?? -1);
  const label = labelOf(el);
  if (isBack(el, label)) return firstThreat(ownEffects(el), (part) => (isLink(el) && isBehind(part)) || !words.namesThing(part));
  const named = [one.text, ...one.names, one.title, ...alsoSaid(el)];
  for (const said of [...named, one.beside]) if (words.isForbidden(said)) return words.serviceNamed(label) || words.kindOf(said);
  if (TOGGLING.test(one.role)) return '';
  const act = named.find((said) => said && isActUpon(said));
  if (act) return words.kindOf(act);
  // An address that merely names a thing ("PIN / PUK Bilgisi", say) is there to be read.
  const told = firstThreat([...one.effects, ...one.carries], (part, found) => isLink(el) && (isBehind(part) || (label && words.isNoun(found))));
  if (told) return told;
  const isNotice = dialogOf(el) && !asksForIt(el);
  return asksForIt(el) || (!isNotice && pageDanger() && (words.goesOn(label) || submits(el)) ? pageDanger() : '');
};

// --- a tile that no markup marks as a control ---
const isPageOfTiles = () => new Set(text.split('\n').map(words.serviceNamed).filter(Boolean)).size > 1;
const tileThreat = (node) => {
  const place = places.get(node);
  if (!place || elements.some(({ at }) => at >= place[0] && at < place[1])) return '';
  const [first, ...rest] = textWithin(place).split('\n');
  const sentence = rest.join(' ');
  if (wordsIn(sentence) > MOST_WORDS || !(isPageOfTiles() || words.skeleton(sentence).includes('tiklay'))) return '';
  return words.serviceNamed(first);
};
const isControl = (node) => (positions.has(node) || isLink(node) || node.matches(INTERACTIVE)) && !node.matches(CONTROLS_OF_OTHERS)
  && node.querySelectorAll(INTERACTIVE).length <= 1;
// What a press on a node means: the node itself, the control it labels, or the box it is drawn for.
const meantBy = (node) => (node.localName === 'label' && node.control) || [...labelled].find((el) => drawnFor(el).box?.contains(node)) || node;

// A control without a word of its own lies on top of whatever says what it does.
const MOST_BENEATH = 200;
const liesWithin = (inner, outer) => inner.width > 0 && inner.left >= outer.left - 1 && inner.right <= outer.right + 1
  && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
const beneath = (el) => {
  if (!el || labelOf(el) || isTyped(el)) return null;
  const around = el.getBoundingClientRect();
  const near = [...(el.offsetParent || el.parentElement || el).querySelectorAll('*')].slice(0, MOST_BENEATH);
  for (const under of near.filter((one) => !el.contains(one) && !one.contains(el) && liesWithin(one.getBoundingClientRect(), around))) {
    const said = lineOf(clean(under.innerText ?? ''));
    if (wordsIn(said) <= MOST_IN_A_LABEL && (words.isForbidden(said) || isActUpon(said))) return { kind: words.serviceNamed(said) || words.kindOf(said), label: said };
  }
  return null;
};

return {
  // {kind, label} of the innermost dangerous control on the path of an event; null if there is none.
  upon: (path) => {
    const nodes = path.filter((node) => node.nodeType === Node.ELEMENT_NODE);
    const controls = nodes.map(meantBy).filter(isControl);
    for (const el of controls) {
      const kind = threatOf(el);
      if (kind) return { kind, label: labelOf(el) };
    }
    const covered = beneath(controls[0]);
    if (covered) return covered;
    const tile = controls.length ? null : nodes.find(tileThreat);
    return tile ? { kind: tileThreat(tile), label: lineOf(textWithin(places.get(tile))) } : null;
  },
  // What submitting a form would do, judged by the button that submits it, if there is one.
  sending: (form, submitter) => {
    const label = submitter ? labelOf(submitter) : '';
    if (submitter && isBack(submitter, label)) return threatOf(submitter);
    const kind = (submitter && threatOf(submitter)) || firstThreat([form.getAttribute('action'), submitter?.getAttribute('formaction'), form.id, ...sentBy(form)]);
    return kind || (form.method === 'post' && !leavesPage(form) && !(dialogOf(form) && !asksForIt(form)) ? pageDanger() : '');
  },
  leading: (address) => {
    const to = new URL(address, location.href);
    return to.host !== location.host || isBehind(to.href) ? '' : firstThreat([to.pathname + to.search]);
  },
  // Which control was pressed: its number in this frame and its label. The label never leaves the program.
  pressed: (path) => {
    const el = path.map((node) => (node.nodeType === Node.ELEMENT_NODE ? meantBy(node) : node)).find((node) => positions.has(node));
    return el ? { index: positions.get(el), label: labelOf(el) } : null;
  },
  isTyped,
  labelOf,
  // Every dangerous control in sight: where it is drawn, and which danger.
  all: () => elements.filter(({ el }) => isControl(el)).map(({ el }) => ({ el: shapeOf(el), kind: threatOf(el) })).filter(({ kind }) => kind),
};
