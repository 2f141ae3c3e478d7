// Shows one section of the guide at a time and reports progress to the learning system, if there is one.
// Names and values come from the SCORM 1.2 and SCORM 2004 4th edition run-time environments.
'use strict';
(() => {
  const two = (number) => String(number).padStart(2, '0');
  const DIALECTS = {
    1.2: {
      api: 'API', prefix: 'LMS', end: 'Finish',
      location: 'cmi.core.lesson_location', status: 'cmi.core.lesson_status', time: 'cmi.core.session_time',
      exit: 'cmi.core.exit', seen: 'cmi.suspend_data',
      span: (hours, minutes, seconds) => `${String(hours).padStart(4, '0')}:${two(minutes)}:${two(seconds)}`,
    },
    2004: {
      api: 'API_1484_11', prefix: '', end: 'Terminate',
      location: 'cmi.location', status: 'cmi.completion_status', time: 'cmi.session_time',
      exit: 'cmi.exit', seen: 'cmi.suspend_data', progress: 'cmi.progress_measure',
      span: (hours, minutes, seconds) => `PT${hours}H${minutes}M${seconds}S`,
    },
  };
  const FARTHEST = 7;

  // --- the learning system ---
  const dialect = DIALECTS[document.body.dataset.scorm];
  const find = (start) => {
    let place = start;
    for (let up = 0; place && up <= FARTHEST; up += 1) {
      try {
        if (place[dialect.api]) return place[dialect.api];
      } catch { /* a page of another site: the learning system may be beyond it */ }
      place = place.parent === place ? null : place.parent;
    }
    return null;
  };
  const api = find(window) || find(window.opener) || find(window.top.opener);
  const call = (name, ...values) => {
    try {
      return String(api[dialect.prefix + name](...values));
    } catch {
      return '';
    }
  };
  const get = (name) => call('GetValue', dialect[name]);
  const set = (name, value) => call('SetValue', dialect[name], value);
  let isOpen = Boolean(api) && call('Initialize', '') === 'true';
  let isSaved = isOpen || !api;
  const wasDone = isOpen && ['completed', 'passed'].includes(get('status'));

  // --- the page ---
  const at = (id) => document.getElementById(id);
  const pages = [...document.querySelectorAll('main > section')];
  const entries = new Map([...document.querySelectorAll('.contents a')].map((link) => [link.hash.slice(1), link]));
  const indexOf = (id) => pages.findIndex((page) => page.id === id);
  const kept = isOpen ? get('seen').split(' ') : [];
  const seen = new Set(kept.filter((id) => indexOf(id) >= 0));
  const known = [isOpen ? get('location') : '', location.hash.slice(1)].map(indexOf);
  const start = known.find((index) => index >= 0) ?? 0;
  let current = start;

  const save = () => {
    if (!isOpen) return;
    const isDone = seen.size === pages.length;
    set('location', pages[current].id);
    set('seen', [...seen].join(' '));
    if (dialect.progress) set('progress', (seen.size / pages.length).toFixed(4));
    if (!wasDone) set('status', isDone ? 'completed' : 'incomplete');
    isSaved = call('Commit', '') === 'true';
  };

  const say = () => {
    const words = at('where').dataset;
    const left = pages.length - seen.size;
    const said = [];
    if (left === 0) said.push(words.done);
    else if (current === pages.length - 1) said.push(words.left.replace('{left}', left));
    if (!isSaved) said.push(words.unsaved);
    const where = words.where.replace('{at}', current + 1).replace('{all}', pages.length);
    at('where').textContent = [said.length ? `${where}.` : where, ...said].join(' ');
    at('where').classList.toggle('unsaved', !isSaved);
  };

  const show = (index) => {
    current = index;
    seen.add(pages[index].id);
    for (const [number, page] of pages.entries()) {
      page.hidden = number !== index;
      const entry = entries.get(page.id);
      if (number === index) entry.setAttribute('aria-current', 'page');
      else entry.removeAttribute('aria-current');
      entry.classList.toggle('seen', seen.has(page.id));
    }
    const list = document.querySelector('.contents');
    list.scrollTop = entries.get(pages[index].id).offsetTop - list.clientHeight / 2;
    at('intro').hidden = index !== 0;
    at('previous').disabled = index === 0;
    at('next').disabled = index === pages.length - 1;
    at('progress').value = seen.size;
    save();
    say();
  };

  const turn = (index) => {
    if (pages[index]) location.hash = pages[index].id;
  };

  const unfold = (isUnfolded) => {
    at('fold').setAttribute('aria-expanded', String(isUnfolded));
    at('entries').classList.toggle('unfolded', isUnfolded);
  };

  addEventListener('hashchange', () => {
    const index = location.hash ? indexOf(location.hash.slice(1)) : start;
    if (index < 0 || index === current) return;
    show(index);
    scrollTo({ top: 0, behavior: 'instant' });
    pages[index].querySelector('h2').focus();
  });
  addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest('.scroll')) return;
    if (event.key === 'ArrowRight') turn(current + 1);
    if (event.key === 'ArrowLeft') turn(current - 1);
  });
  at('previous').addEventListener('click', () => turn(current - 1));
  at('next').addEventListener('click', () => turn(current + 1));
  at('fold').addEventListener('click', () => unfold(at('fold').getAttribute('aria-expanded') === 'false'));
  at('entries').addEventListener('click', (event) => { if (event.target.closest('a')) unfold(false); });

  addEventListener('pagehide', () => {
    if (!isOpen) return;
    isOpen = false;
    const seconds = Math.round(performance.now() / 1000);
    set('time', dialect.span(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60));
    // Suspend, even after completing, so that people find their place again; a finished attempt would start over.
    set('exit', 'suspend');
    call('Commit', '');
    call(dialect.end, '');
  });
  // A page restored from the browser's cache has already ended its session with the learning system.
  addEventListener('pageshow', (event) => { if (event.persisted && api) location.reload(); });

  for (const page of pages) page.querySelector('h2').tabIndex = -1;
  // A link out of the guide must not replace the guide in the learning system's frame.
  for (const link of document.querySelectorAll('a[href^="http"]')) {
    link.target = '_blank';
    link.rel = 'noopener';
  }
  document.documentElement.classList.add('paged');
  at('pager').hidden = at('fold').hidden = false;
  at('progress').max = pages.length;
  show(start);
  // The browser would scroll to the section and hide the head.
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
})();
