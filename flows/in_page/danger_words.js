// The words of forbidden acts, read just as flows/safety.py and flows/actions.py read them. `rules` is what
// flows/shield_words.py compiled from there: no word is written here.
(rules) => {
  // Each is compiled on first use: one form to go through a text, one to test it.
  const compiled = (one) => {
    one.all ??= new RegExp(one.source, one.flags);
    one.all.lastIndex = 0;
    return one.all;
  };
  const single = (one) => (one.single ??= new RegExp(one.source, one.flags.replace('g', '')));
  const has = (one, text) => single(one).test(text);
  const matching = (one, text) => (one.start ??= new RegExp(`^(?:${one.source})`, one.flags.replace('g', ''))).test(text);
  const isWhole = (one, text) => (one.whole ??= new RegExp(`^(?:${one.source})$`, one.flags.replace('g', ''))).test(text);
  // A cache: a page has few texts, and we ask about each at every event of a press.
  const remembered = (read) => {
    const known = new Map();
    return (text) => {
      if (known.size > 2000) known.clear();
      if (!known.has(text)) known.set(text, read(text));
      return known.get(text);
    };
  };
  const { text: letters, words: reading, actions, tokens, calls, safety } = rules;
  const { patterns: A } = actions;
  const { patterns: C } = calls;
  const translated = (text, table) => [...text].map((one) => table[one] ?? one).join('');
  const LONGEST_CODE = 4000;  // letters: anything longer is judged with its calls left in

  // --- flows/text.py ---
  const fold = remembered((text) => {
    let plain = translated(text.normalize('NFKC').replace(compiled(letters.patterns.invisible), ''), letters.quotes);
    plain = translated(plain, letters.turkishLower).toLowerCase().normalize('NFC');
    return plain.replace(compiled(letters.patterns.dashes), '-').replace(compiled(letters.patterns.spaces), ' ').trim();
  });
  const foldLabel = (text) => fold(text).replace(compiled(letters.patterns.edges), '');
  const skeleton = remembered((text) => {
    const plain = translated(fold(text), letters.ascii).normalize('NFD').replace(compiled(letters.patterns.marks), '');
    return /^[\x00-\x7f]*$/.test(plain) ? plain : translated(plain, letters.lookalikes);
  });

  // --- flows/words.py ---
  const { patterns: W } = reading;
  const asMeant = remembered((text) => {
    const bare = skeleton(text).replace(compiled(W.spelt), (found) => found.replace(compiled(W.notLetter), ''));
    return bare.replace(compiled(W.digit), (found) => translated(found, reading.letters));
  });
  const wordsIn = remembered((text) => asMeant(text).match(compiled(W.word)) || []);
  const starts = (said, at, stems) => !has(W.forbids, said[at])
    && stems.some((stem) => said.slice(at, at + 3).join(' ').startsWith(stem));
  const speaksOf = (said, stems) => [...said.keys()].filter((at) => starts(said, at, stems));
  const isWithdrawal = (said) => {
    if (has(W.leaves, said.join(' '))) return true;
    const things = speaksOf(said, reading.objects);
    return speaksOf(said, reading.withdrawing).some((verb) => things.some((thing) => Math.abs(verb - thing) <= reading.near));
  };
  const readings = (sentence) => [wordsIn(sentence), asMeant(sentence).replace(compiled(W.joint), '').match(compiled(W.word)) || []];
  const takesBack = remembered((text) => text.split(compiled(W.sentenceEnd)).some((sentence) => readings(sentence).some(isWithdrawal)));
  const asks = (text) => text.includes('?') || wordsIn(text.replace(compiled(W.office), ' ')).some((word) => matching(W.asks, word));

  // --- flows/safety.py ---
  const isForbidden = remembered((text) => {
    const told = skeleton(text);
    return safety.phrases.some((phrase) => told.includes(phrase))
      || text.split('\n').some((line) => has(safety.patterns.lock, wordsIn(line).join(' ')));
  });
  const withdraws = (text) => skeleton(text).includes(safety.withdraw);

  // --- flows/actions.py ---
  const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
  const unescaped = (text) => text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,5}));/gi, (found, hex, dec, name) => {
    const code = hex ? parseInt(hex, 16) : Number(dec);
    if (name) return NAMED[name] ?? found;
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : found;
  });
  const unquoted = (text) => {
    const as = (charset) => text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => new TextDecoder(charset, { fatal: charset === 'utf-8' })
      .decode(Uint8Array.from(run.slice(1).split('%'), (pair) => parseInt(pair, 16))));
    try { return as('utf-8'); } catch { return as('windows-1254'); }  // old Turkish servers
  };
  const decoded = (text) => {
    for (let n = 0; n < actions.mostLayers; n += 1) {
      let plain = text.replace(compiled(A.escapes), (...found) => String.fromCodePoint(parseInt(found.slice(1, 4).find(Boolean), 16)));
      plain = unescaped(unquoted(plain));
      if (plain === text) break;
      text = plain;
    }
    return text;
  };
  const split = (one, text) => text.split(compiled(one)).filter(Boolean);
  const wordsOf = (text) => split(A.notWord, skeleton(decoded(text).normalize('NFKC').replace(compiled(A.camel), ' ')));
  // flows/tokens.py
  const common = new Set(tokens.common);
  const isOpaque = (text) => {
    const all = [...text];
    if (all.filter((one) => /\p{L}/u.test(one)).length < tokens.fewestLetters || isWhole(tokens.patterns.hex, text)) return true;
    if (all.length < tokens.shortestToken || /\s/.test(text)) return false;
    const kinds = all.filter((one) => /[\p{L}\p{N}]/u.test(one))
      .map((one) => (/\p{Nd}/u.test(one) ? 'd' : /\p{Lu}/u.test(one) ? 'u' : 'l'));
    const restless = kinds.filter((kind, n) => n && kind !== kinds[n - 1]).length / all.length;
    const pairs = (skeleton(text).match(compiled(tokens.patterns.run)) || []).flatMap((run) => [...run].slice(1).map((one, n) => run[n] + one));
    const wordy = pairs.length ? pairs.filter((pair) => common.has(pair)).length / pairs.length : 0;
    return restless > tokens.restless && wordy < tokens.wordy[0] + tokens.wordy[1] * restless;
  };
  const isThing = (word) => actions.thing.some((thing) => word.startsWith(thing));
  const namesThing = (text) => wordsOf(text).some(isThing);

  // --- flows/page_calls.py ---
  const isOfThePage = (owner, name, given) => {
    if (namesThing(owner)) return false;
    if (isWhole(C.ofPages, name) || owner.toLowerCase().endsWith('classlist')) return true;
    if (calls.ofElements.includes(name) && has(C.element, owner)) {
      return given.replace(/^[() ]+|[() ]+$/g, '') === '' || name === 'close' || name === 'abort';
    }
    const isKept = has(C.network, owner) || given.includes('/') || namesThing(given);
    return calls.ofCollections.includes(name) && owner !== '' && !isKept;
  };
  const withoutPageCalls = (code) => (code.length > LONGEST_CODE ? code
    : code.replaceAll('closest(', 'at(').replace(compiled(C.bare), ' ').replace(compiled(C.call), (...found) => {
      const { of, name, with: given } = found.at(-1);
      const owner = of.replace(compiled(C.brackets), '').replace(/\.+$/, '');
      return isOfThePage(owner, name.toLowerCase(), given) ? ' ' : found[0];
    }));

  // --- flows/actions.py again: what is found ---
  const spelt = (words) => {
    const runs = [];
    let run = '';
    for (const word of [...words, '']) {
      if (word.length === 1 && /[a-z]/.test(word)) { run += word; continue; }
      if (run.length > 2) runs.push(run);
      run = '';
    }
    return [...runs, ...words.map((word, n) => word + (words[n + 1] ?? '')).filter((both, n) => n + 1 < words.length && actions.halves.includes(both))];
  };
  const isVerb = (word) => actions.shortVerb.includes(word)
    || actions.verb.some((verb) => !actions.shortVerb.includes(verb) && word.startsWith(verb));
  const besideThing = (side, isAfter) => {
    for (const [step, other] of side.entries()) {
      if (matching(A.part, other) || (step === 0 && isAfter && actions.between.includes(other))) return '';
      if (isThing(other) && !(isAfter && side.length > step + 1 && matching(A.part, side[step + 1]))) return other;
    }
    return '';
  };
  const beside = (words) => {
    for (const [at, word] of words.entries()) {
      if (!isVerb(word)) continue;
      const found = besideThing(words.slice(Math.max(0, at - 2), at).reverse(), false) || besideThing(words.slice(at + 1, at + 3), true);
      if (found) return `${word} ${found}`;
    }
    return '';
  };
  const first = (one, text) => text.match(single(one))?.[0] || '';
  const foundIn = (text) => {
    const words = wordsOf(text);
    const told = words.join(' ').replace(compiled(A.mapPin), ' ');
    const whole = told.split(/\s+/).find((word) => actions.whole.includes(word));
    if (whole) return whole;
    for (const word of new Set([...words, ...skeleton(decoded(text)).split(compiled(A.notWord)), ...spelt(words)])) {
      const found = first(A.within, word) || first(A.compound, word);
      if (found) return found;
    }
    for (const [two] of told.matchAll(compiled(A.two))) {
      if (!actions.loose.some((start) => two.startsWith(start)) || words.some(isThing)) return two;
    }
    const bare = skeleton(decoded(text));
    const said = beside(words) || first(A.password, told) || first(A.refused, bare) || (words.some(isThing) && first(A.switchedOff, bare));
    if (said) return said;
    return (matching(A.segment, decoded(text)) && words.find((word) => actions.lastSegment.includes(word))) || '';
  };
  const forbiddenAction = remembered((text) => {
    let plain = withoutPageCalls(decoded(text));
    for (const chunk of plain.split(compiled(A.chunk)).filter((one) => [...one].length >= tokens.shortestToken && isOpaque(one))) {
      const found = first(A.within, skeleton(chunk));
      if (found) return found;
      plain = plain.replaceAll(chunk, ' ');
    }
    return foundIn(plain);
  });

  // --- which danger, and which labels ---
  const kindOf = (told) => {
    const bare = skeleton(told);
    return rules.kinds.find(([, pattern]) => has(pattern, bare))?.[0] ?? 'service';
  };
  const bareLabel = (text) => skeleton(foldLabel(text));
  return {
    fold, foldLabel, skeleton, asks, takesBack, isForbidden, withdraws, forbiddenAction, kindOf, namesThing,
    isWayBack: (text) => rules.waysBack.includes(bareLabel(text)) || rules.crosses.includes(text.trim()),
    isNoun: (found) => rules.nouns.includes(found),
    isCancel: (text) => /^(?:islemi )?(?:iptal|cancel)/.test(bareLabel(text)),
    isProceed: (text) => rules.proceed.includes(foldLabel(text)),
    goesOn: (text) => rules.proceed.includes(foldLabel(text)) || rules.goesOn.includes(bareLabel(text)),
    serviceNamed: (text) => Object.keys(rules.services).find((kind) => rules.services[kind].includes(foldLabel(text))) || '',
  };
}
