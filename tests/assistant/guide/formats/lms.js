// A learning system as strict as the run-time environments of SCORM ask: keeps what it is told over visits, notes
// every value that is not allowed and every call out of turn.
'use strict';
window.learn = (scorm) => {
  const is2004 = scorm === '2004';
  const ALLOWED = is2004
    ? {
        'cmi.location': /^.{1,1000}$/, 'cmi.completion_status': /^(completed|incomplete|not attempted|unknown)$/,
        'cmi.suspend_data': /^.{0,64000}$/, 'cmi.session_time': /^PT\d+H\d+M\d+S$/, 'cmi.exit': /^(suspend|normal|)$/,
        'cmi.progress_measure': /^(0(\.\d+)?|1(\.0+)?)$/,
      }
    : {
        'cmi.core.lesson_location': /^.{1,255}$/, 'cmi.core.lesson_status': /^(completed|incomplete|browsed)$/,
        'cmi.suspend_data': /^.{0,4096}$/, 'cmi.core.session_time': /^\d{4}:\d\d:\d\d$/, 'cmi.core.exit': /^(suspend|logout|)$/,
      };
  const told = { kept: JSON.parse(localStorage.kept || '{}'), begun: 0, ended: 0, wrong: [], refuses: false };
  const status = is2004 ? 'cmi.completion_status' : 'cmi.core.lesson_status';
  told.kept[status] ??= is2004 ? 'unknown' : 'not attempted';
  let isOpen = false;
  let isDirty = false;
  const wrong = (what) => { told.wrong.push(what); return 'false'; };
  const acts = {
    Initialize: () => {
      if (isOpen || told.refuses) return told.refuses ? 'false' : wrong('begun twice');
      told.begun += 1;
      isOpen = true;
      return 'true';
    },
    GetValue: (name) => (isOpen ? told.kept[name] ?? '' : wrong(`get ${name} out of turn`)),
    SetValue: (name, value) => {
      if (!isOpen) return wrong(`set ${name} out of turn`);
      if (!ALLOWED[name]?.test(value)) return wrong(`${name} = ${value}`);
      told.kept[name] = value;
      isDirty = true;
      return 'true';
    },
    Commit: () => {
      if (!isOpen) return wrong('commit out of turn');
      if (told.refuses) return 'false';
      localStorage.kept = JSON.stringify(told.kept);
      isDirty = false;
      return 'true';
    },
    End: () => {
      if (!isOpen) return wrong('ended out of turn');
      if (isDirty) wrong('ended before it was kept');
      isOpen = false;
      told.ended += 1;
      return 'true';
    },
  };
  const { End, ...others } = acts;
  window[is2004 ? 'API_1484_11' : 'API'] = is2004
    ? { ...others, Terminate: End }
    : Object.fromEntries([...Object.entries(others), ['Finish', End]].map(([name, act]) => [`LMS${name}`, act]));
  window.told = told;
};
