// The panel's page: shows what it is given and reports what the person presses. Keeps nothing, fetches nothing.
// Redraws a part only when it has changed, so that focus and a half-typed PIN stay where they are.
'use strict';
(() => {
  const at = (id) => document.getElementById(id);
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const tell = (kind, more = {}) => window.eonayTell(JSON.stringify({ kind, ...more }));
  const button = (text, className, act) => {
    const element = make('button', text, className);
    element.type = 'button';
    // The second click of a double click would answer what has come into the first one's place.
    element.addEventListener('click', (event) => { if (event.detail < 2) act(); });
    return element;
  };
  // Nor does a key that is held down press again and again.
  document.addEventListener('keydown', (event) => {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
  }, true);
  // Don't break lines inside a number, such as a phone number. This changes only what is shown.
  const DRAWN = new Set(['picture', 'photo']);
  const unbroken = (shown) => JSON.parse(JSON.stringify(shown, (key, value) => (
    typeof value === 'string' && !DRAWN.has(key) ? value.replace(/(\d) (?=\d)/g, '$1\u00a0') : value)));
  // Nor at the hyphen in E-Onay or e-Devlet: the word stays together, its letters don't change.
  const WORD = /[Ee]-(?:Onay|Devlet|[Iİiı]mza)\p{L}*/gu;
  const holdTogether = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.search(WORD) >= 0 && !node.parentElement.closest('.whole, .visually-hidden, svg')) found.push(node);
    }
    for (const node of found) {
      const pieces = [];
      let at = 0;
      for (const match of node.data.matchAll(WORD)) {
        pieces.push(node.data.slice(at, match.index), make('span', match[0], 'whole'));
        at = match.index + match[0].length;
      }
      node.replaceWith(...pieces.filter((piece) => piece !== ''), node.data.slice(at));
    }
  };
  let words = {};
  const drawn = new Map();
  const changed = (part, value) => {
    const text = JSON.stringify(value ?? null);
    if (drawn.get(part) === text) return false;
    drawn.set(part, text);
    return true;
  };
  const announce = (text, urgent) => {
    const place = at(urgent ? 'alert' : 'status');
    if (place.textContent !== text) place.textContent = text;
  };
  // Screen readers read the title first, then what follows; a question already has its own mark.
  const ended = (title) => (/[.?!]$/.test(title) ? title : `${title}.`);
  // What scrolls is the middle, or in a low window all of it.
  const toTop = () => { document.querySelector('main').scrollTo(0, 0); window.scrollTo(0, 0); };
  const lock = (section) => { for (const e of section.querySelectorAll('button,input')) e.disabled = true; };
  const heading = (id, text) => {
    const element = make('h2', text);
    element.id = id;
    element.tabIndex = -1;
    return element;
  };

  const timeLeft = (seconds) => {
    const minutes = Math.floor(seconds / 60);
    const time = [[minutes, words.minutes], [seconds % 60, words.seconds]].filter(([count], at) => count || (at && !minutes));
    return words.time_left.replace('{time}', time.flat().join('\u00a0'));
  };

  const parts = {
    left_s(seconds) {
      const place = at('wait');
      const isNew = place.hidden && seconds !== null;
      place.hidden = seconds === null;
      if (seconds === null) return;
      at('wait-text').textContent = words.wait.replace('{left}', timeLeft(seconds));
      if (isNew) {
        announce(`${words.wait_title} ${at('wait-text').textContent}`, true);
        place.scrollIntoView({ block: 'nearest' });
      }
    },
    steps(steps) {
      at('steps').hidden = !steps.length;
      const done = steps.filter((step) => step.state === 'done').length;
      const at_step = Math.min(done + 1, steps.length);
      at('progress').textContent = steps.length && done < steps.length ? `${words.step} ${at_step}/${steps.length}` : '';
      at('progress-bar').firstElementChild.style.width = `${steps.length ? 100 * done / steps.length : 0}%`;
      at('steps-list').replaceChildren(...steps.map((step) => {
        const item = make('li', step.title, step.state);
        if (step.note) item.append(make('span', ` · ${step.note}`, 'note'));
        if (step.state === 'now') item.setAttribute('aria-current', 'step');
        if (step.state !== 'todo') {
          item.append(make('span', ` (${step.state === 'now' ? words.current : words.done})`, 'visually-hidden'));
        }
        return item;
      }));
    },
    warn(text) {
      at('warn').hidden = !text;
      at('warn-text').textContent = text ? `⚠ ${text}` : '';
      if (text) announce(text, true);
    },
    now(text) {
      at('now').hidden = !text;
      at('now-text').textContent = text;
      if (text) announce(text);
    },
    doing(text) { at('doing').textContent = text; },
    note(text) {
      at('note').hidden = !text;
      at('note').textContent = text;
      if (text) announce(text);
    },
    help(text) { at('trouble-help').textContent = text; },
    troubles(troubles) {
      at('troubles').replaceChildren(...troubles.map(([title, remedy]) => {
        const one = make('details');
        one.append(make('summary', title), make('p', remedy));
        return one;
      }));
    },
    card(text) {
      at('card').hidden = !text;
      at('card-text').textContent = text;
    },
    card_tone(tone) {
      at('card-text').className = tone;
      if (tone === 'warn') announce(`${words.card}: ${at('card-text').textContent}`, true);
    },
    code(code) {
      at('code').hidden = !code;
      if (!code) return;
      at('code-value').hidden = !code.value;
      at('code-value').textContent = code.value.replace(/(\d{3})(?=\d)/g, '$1 ');
      at('code-left').textContent = timeLeft(code.remaining_s);
      at('code-bar').firstElementChild.style.width = `${Math.min(100, 100 * code.remaining_s / code.total_s)}%`;
      const dying = code.remaining_s <= 60;
      if (dying && !at('code').classList.contains('dying')) announce(words.code_dying, true);
      at('code').classList.toggle('dying', dying);
    },
    question(question) {
      const place = at('question');
      place.hidden = !question;
      place.classList.add('asks');
      if (!question) return place.replaceChildren();
      const answer = (kind) => () => { lock(place); tell(kind, { id: question.id }); };
      const title = heading('question-title', question.title);
      place.replaceChildren(title, make('p', question.meaning));
      for (const doubt of question.doubts) place.append(make('blockquote', doubt, 'doubt'));
      if (question.quote) {
        place.append(make('h3', words.quote), make('blockquote', question.quote));
      }
      const answers = [button(question.yes, question.leads_on ? 'yes' : 'no', answer('yes')), button(question.no, 'no', answer('no'))];
      answers[0].dataset.answer = 'yes';
      if (question.photo) {
        const [frame, zoom] = photo(question);
        const row = make('div', '', 'answers');
        row.append(...answers);
        place.append(frame, row, zoom);
      } else place.append(...answers);
      announce([at('warn-text').textContent, ended(question.title), question.meaning].filter(Boolean).join(' '), true);
      title.focus({ preventScroll: true });
      toTop();
      place.scrollIntoView({ block: 'nearest' });
    },
    prompt(prompt) {
      const place = at('prompt');
      place.hidden = !prompt;
      place.classList.add('asks');
      if (!prompt) return place.replaceChildren();
      const title = heading('prompt-title', prompt.title);
      place.replaceChildren(title, make('p', prompt.text));
      if (prompt.document) {
        const text = make('pre', prompt.document);
        text.tabIndex = 0;
        text.setAttribute('role', 'region');
        text.setAttribute('aria-label', words.document);
        place.append(make('h3', words.document), text);
      }
      // The certificate that signs comes before the PIN. Don't make anyone scroll past those that can't, if one can.
      const usable = prompt.certificates.filter((line) => line.usable);
      const first = usable.length ? usable : prompt.certificates;
      const others = prompt.certificates.filter((line) => !first.includes(line));
      if (first.length) place.append(make('h3', words.certificates), certificates(first));
      const no = () => { lock(place); tell('no', { id: prompt.id }); };
      if (prompt.pin === 'here') {
        place.append(pinForm(prompt, place));
      } else if (prompt.yes) {
        const yes = button(prompt.yes, prompt.leads_on ? 'yes' : 'no', () => { lock(place); tell('yes', { id: prompt.id }); });
        yes.dataset.answer = 'yes';
        place.append(yes);
      }
      if (prompt.no) place.append(button(prompt.no, 'no', no));
      if (others.length) place.append(make('h3', words.other_certificates), certificates(others));
      announce(`${ended(prompt.title)} ${prompt.text}`, true);
      const pin = at('pin');
      (pin ?? title).focus({ preventScroll: true });
      place.scrollIntoView({ block: 'nearest' });
      // At the lower edge, so that as much as possible of what is signed is visible above it.
      pin?.form.scrollIntoView({ block: 'end' });
    },
    advice(advice) {
      const place = at('advice');
      place.hidden = !advice;
      bar(advice?.bar ?? []);
      if (!advice) return place.replaceChildren();
      const before = place.firstElementChild?.textContent;
      const list = make('ul');
      list.append(...advice.lines.map((line) => make('li', line, /^\d+\. /.test(line) ? 'numbered' : '')));
      const buttons = (all) => all.map(([name, label]) => (
        button(label, 'no', () => tell('action', { action: name }))));
      const picture = make('div', '', 'picture');
      if (advice.picture) {
        const drawn = new DOMParser().parseFromString(advice.picture, 'image/svg+xml').documentElement;
        picture.append(document.importNode(drawn, true));
      }
      place.replaceChildren(heading('advice-title', advice.title));
      if (advice.warn) place.append(make('p', `⚠ ${advice.warn}`, 'alert'));
      if (advice.picture) place.append(picture);
      if (advice.lines.length) place.append(list);
      place.append(...buttons(advice.actions));
      if (advice.ask) place.append(make('h3', advice.ask, 'ask'));
      place.append(...buttons(advice.answers));
      announce([ended(advice.title), advice.warn, ...advice.lines, advice.ask].filter(Boolean).join(' '));
      if (before !== advice.title) toTop();
    },
    practice(lines) {
      const place = at('practice');
      place.hidden = !lines.length;
      const list = make('dl');
      for (const [label, value] of lines) list.append(make('dt', label), make('dd', value));
      const title = make('h2', words.practice);
      title.id = 'practice-title';
      const hint = make('p', '', 'practice-hint');
      place.replaceChildren(title, make('p', words.practice_note, 'hint'), hint, list);
    },
    practice_hint(text) {
      const place = document.querySelector('.practice-hint');
      if (place) place.textContent = text;
    },
    practice_now(detail) {
      const [label, value] = detail;
      at('practice-now').hidden = !label;
      at('practice-now').replaceChildren(...(label ? practiceDetail(label, value) : []));
      const beside = document.querySelector('.practice-pin');
      if (!beside) return;
      beside.replaceChildren(...(label ? practiceDetail(label, value) : []));
      at('practice-now').hidden = true;
    },
    end(end) {
      const place = at('end');
      place.hidden = !end;
      at('stop').hidden = Boolean(end);
      if (!end) return;
      const told = at('end-title')?.textContent === end.title;
      const held = document.activeElement;
      const focused = told && held?.closest('#end') ? held.textContent : '';
      place.className = `card ${end.tone}`;
      const title = heading('end-title', end.title);
      place.replaceChildren(title, make('p', end.text));
      if (end.done) place.append(make('p', end.done));
      if (end.remedy) place.append(make('p', end.remedy));
      for (const line of end.hint.split('\n').filter(Boolean)) place.append(make('p', line));
      if (end.receipt) place.append(make('p', `${words.receipt}: ${end.receipt}`, 'hint'));
      for (const [name, label] of end.actions) place.append(button(label, 'no', () => tell('action', { action: name })));
      const close = button(words.close, 'yes', () => tell('close'));
      close.dataset.close = '';
      place.append(close);
      // Below the buttons, which must not move while somebody presses them.
      const came = make('p', end.came, 'came');
      came.hidden = !end.came;
      place.append(came);
      if (told) {
        // Only the result of a press has changed, so the focus stays where it was.
        announce(end.came || end.hint);
        came.scrollIntoView({ block: 'nearest' });
        [title, ...place.querySelectorAll('button')].find((one) => one.textContent === focused)?.focus({ preventScroll: true });
        return;
      }
      announce([at('warn-text').textContent, ended(end.title), end.text, end.done, end.remedy, end.hint].filter(Boolean).join(' '), true);
      title.focus({ preventScroll: true });
      toTop();
    },
  };

  // Buttons keep their element and place, so the one under the pointer never turns into another.
  const bar = (wanted) => {
    const place = at('bar');
    place.hidden = !wanted.length;
    const names = wanted.map(([name]) => name).join(' ');
    if (place.dataset.names !== names) {
      place.dataset.names = names;
      place.replaceChildren(...wanted.map(([name]) => {
        const one = button('', name === 'next' ? 'yes' : 'no', () => {
          if (one.getAttribute('aria-disabled') !== 'true') tell('action', { action: name });
        });
        return one;
      }));
    }
    wanted.forEach(([, label, does], number) => {
      place.children[number].textContent = label;
      place.children[number].setAttribute('aria-disabled', String(!does));
    });
  };

  const practiceDetail = (label, value) => [make('span', `${words.practice_type} ${label}: `), make('b', value)];

  const photo = (question) => {
    const image = make('img');
    // We only know its height now.
    image.addEventListener('load', () => at('question').scrollIntoView({ block: 'nearest' }), { once: true });
    image.src = question.photo;
    image.alt = question.photo_alt;
    const frame = make('div', '', 'photo');
    frame.append(image);
    const zoom = button(words.larger, 'zoom', () => {
      const large = frame.classList.toggle('large');
      zoom.textContent = large ? words.smaller : words.larger;
      frame.tabIndex = large ? 0 : -1;
    });
    // A click on the picture does the same. Nothing may cover it: people need to see it.
    frame.addEventListener('click', () => zoom.click());
    return [frame, zoom];
  };

  const certificates = (lines) => {
    const list = make('ul', '', 'certificates');
    for (const line of lines) {
      const item = make('li', '', line.usable ? (line.chosen ? 'chosen' : '') : 'unusable');
      item.append(make('strong', line.holder), make('span', [line.issuer, line.days].filter(Boolean).join(' · ')));
      if (line.why_not) item.append(make('div', line.why_not, 'why'));
      list.append(item);
    }
    return list;
  };

  const pinForm = (prompt, place) => {
    const form = make('form');
    const label = make('label', words.pin);
    const input = make('input');
    input.type = 'password';
    input.id = 'pin';
    input.autocomplete = 'off';
    input.inputMode = 'numeric';
    input.spellcheck = false;
    label.htmlFor = 'pin';
    const hint = make('p', words.pin_hint, 'hint');
    hint.id = 'pin-hint';
    const wrong = make('p', '', 'wrong');
    wrong.id = 'pin-wrong';
    wrong.setAttribute('role', 'alert');
    input.setAttribute('aria-describedby', 'pin-hint pin-wrong');
    const send = make('button', prompt.yes, 'yes');
    send.type = 'submit';
    form.append(make('p', '', 'practice-pin'), label, input, hint, wrong, send);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (input.disabled) return;
      const size = new TextEncoder().encode(input.value).length;
      wrong.textContent = !size || size < prompt.min_length ? words.pin_short
        : prompt.max_length && size > prompt.max_length ? words.pin_long : '';
      if (wrong.textContent) return input.focus();
      const pin = input.value;
      input.value = '';
      lock(place);
      tell('yes', { id: prompt.id, pin });
    });
    return form;
  };

  const stop = () => {
    const ask = button(words.stop, '', () => {
      const no = button(words.stop_no, '', stop);
      at('stop').replaceChildren(make('span', words.stop_sure), button(words.stop_yes, '', () => { tell('stop'); stop(); }), no);
      no.focus({ preventScroll: true });
    });
    const again = at('stop').childElementCount > 1;
    at('stop').replaceChildren(ask);
    if (again) ask.focus({ preventScroll: true });
  };

  window.eonayBegin = (language, texts) => {
    words = unbroken(texts);
    document.documentElement.lang = language;
    document.title = texts.window;
    at('wait-title').textContent = words.wait_title;
    at('wait-more').textContent = words.wait_more;
    at('wait-more').addEventListener('click', () => tell('more'));
    at('title').textContent = words.window;
    for (const name of ['now', 'code', 'card', 'steps']) at(`${name}-title`).textContent = words[name];
    document.querySelector('#trouble summary').textContent = words.trouble;
    at('trouble-support').textContent = words.support;
    stop();
    holdTogether(document.body);
    document.querySelector('footer').hidden = false;
  };
  window.eonayShow = (given) => {
    const view = unbroken(given);
    let goesOn = false;
    for (const [part, draw] of Object.entries(parts)) {
      if (!changed(part, view[part])) continue;
      draw(view[part]);
      if (part === 'prompt') drawn.delete('practice_now'); // it stands in the form too, which is new
      goesOn ||= part === 'now' && Boolean(view.advice);
    }
    holdTogether(document.body);
    // A new question above the same advice: start reading it from the top.
    if (goesOn) toTop();
    // If the focused element is gone, or nothing had it, the keyboard goes on from the top instead of nowhere.
    if (document.activeElement === document.body) at('now-title').focus({ preventScroll: true });
  };
})();
