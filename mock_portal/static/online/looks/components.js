// The elements of the pages: each draws itself in an open shadow tree, around what is in its slots.

const COMMON = `
  :host { box-sizing: border-box; } *, *::before { box-sizing: border-box; }
  :host([hidden]) { display: none; }
  a, button { font: inherit; cursor: pointer; }
  a:focus-visible, button:focus-visible, input:focus-visible + .box { outline: 3px solid #f3a712; outline-offset: 2px; }
`;
const define = (name, css, html, more = {}) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(COMMON + css);
  class Element extends HTMLElement {
    static formAssociated = Boolean(more.value);
    connectedCallback() {
      if (this.shadowRoot) return;
      this.attachShadow({ mode: "open" });
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.innerHTML = typeof html === "function" ? html(this) : html;
      if (more.value) this.internals = this.attachInternals();
      more.drawn?.(this, this.shadowRoot);
    }
  }
  customElements.define(name, Element);
};
const escaped = (text) => (text ?? "").replace(/[&"<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const remember = (name) => {
  document.cookie = `${name}=1; path=/; SameSite=Lax`;
};

define(
  "ks-app",
  `:host { display: flex; flex-direction: column; min-height: 100vh; }
   .notice { background: #ffe9b0; color: #4f3b00; text-align: center; font-size: .8rem; }
   header { background: linear-gradient(100deg, var(--deep), var(--main)); color: #fff; }
   .in { max-width: 66rem; margin: 0 auto; padding: 1rem 1.25rem; display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .5rem 1.5rem; }
   .brand { display: flex; align-items: center; gap: .75rem; font-size: 1.1rem; } .brand i { width: 2rem; height: 2rem; border: 3px solid #fff; border-radius: .6rem .6rem 1.4rem .6rem; }
   .account { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; font-weight: 600; }
   .bar { height: 3px; background: transparent; } :host([busy]) .bar { background: linear-gradient(90deg, transparent, #f3a712, transparent) 0 0 / 40% 100% no-repeat; animation: go 1s linear infinite; }
   @keyframes go { from { background-position: -60% 0; } to { background-position: 160% 0; } }
   .body { flex: 1; width: 100%; max-width: 66rem; margin: 0 auto; padding: 1.75rem 1.25rem 3rem; }
   footer { background: #1b2530; color: #c9d3dc; font-size: .875rem; }`,
  `<div class="notice"><slot name="notice"></slot></div>
   <header><div class="in"><span class="brand"><i aria-hidden="true"></i><slot name="brand"></slot></span><div class="account"><slot name="account"></slot></div></div></header>
   <div class="bar"></div><div class="body"><slot></slot></div>
   <footer><div class="in"><slot name="footer"></slot></div></footer>`,
);

define(
  "ks-tile",
  `:host { display: grid; } a { display: grid; grid-template-columns: auto 1fr; gap: .2rem .9rem; align-content: start; padding: 1.2rem; border-radius: .9rem; background: #fff; color: inherit; text-decoration: none; border-left: 4px solid var(--main); box-shadow: 0 1px 3px #0b203a2b; }
   a:hover { box-shadow: 0 8px 22px -10px #0b203a80; } .icon { grid-row: 1 / 3; color: var(--main); }
   .title { font-weight: 700; color: var(--deep); } .text { color: #52606d; font-size: .925rem; }`,
  (host) => `<a href="${escaped(host.getAttribute("href"))}"${host.hasAttribute("target") ? ' target="_blank"' : ""}><span class="icon"><slot name="icon"></slot></span><span class="title"><slot name="title"></slot></span><span class="text"><slot name="text"></slot></span></a>`,
);

define(
  "ks-button",
  `:host { display: inline-block; } .button { display: inline-block; padding: .65rem 1.35rem; border: 1px solid #aebbc7; border-radius: 2rem; background: #fff; color: var(--deep); font-weight: 600; line-height: 1.25; text-decoration: none; }
   .button:hover { background: #eef3f8; } .main { background: var(--main); border-color: var(--main); color: #fff; } .main:hover { background: var(--deep); }
   .danger { background: #b3202e; border-color: #b3202e; color: #fff; } .quiet { padding: .3rem .9rem; background: transparent; border-color: #ffffff8c; color: #fff; } .quiet:hover { background: #ffffff26; }`,
  (host) => {
    const kind = escaped(host.getAttribute("kind"));
    const target = host.hasAttribute("target") ? ' target="_blank"' : "";
    if (host.hasAttribute("href")) return `<a class="button ${kind}" href="${escaped(host.getAttribute("href"))}"${target}><slot></slot></a>`;
    return `<button type="button" class="button ${kind}"><slot></slot></button>`;
  },
  {
    drawn: (host, root) => {
      root.querySelector("button")?.addEventListener("click", () => host.closest("form")?.requestSubmit());
    },
  },
);

define("ks-panel", `:host { display: block; margin: 0 0 1.1rem; padding: 1.15rem 1.35rem .35rem; border-radius: .9rem; background: #fff; box-shadow: 0 1px 3px #0b203a2b; } :host([kind="statement"]) { background: #eaf3fb; box-shadow: inset 0 0 0 1px #b9d3ea; padding-bottom: 1.1rem; } ::slotted([slot="title"]) { display: block; margin-bottom: .5rem; font-weight: 700; color: var(--deep); } ::slotted(p:last-child) { margin-bottom: 0; }`, `<slot name="title"></slot><slot></slot>`);

define("ks-alert", `:host { display: block; margin: 0 0 1.1rem; padding: .8rem 1.1rem; border-radius: .6rem; background: #e5f0fa; border-left: 5px solid var(--main); } :host([kind="error"]) { background: #fdebec; border-color: #b3202e; color: #7d1320; } :host([kind="success"]) { background: #e4f5ea; border-color: #1c7443; color: #11492a; } :host([kind="warning"]) { background: #fff4d8; border-color: #d69b00; } ::slotted(h2) { margin: 0 0 .3rem; font-size: 1.25rem; } ::slotted(p) { margin: 0; }`, `<slot></slot>`);

const BOX = `:host { display: block; } label { display: flex; gap: .75rem; align-items: flex-start; cursor: pointer; padding: .25rem 0; } input { position: absolute; opacity: 0; width: 0; height: 0; margin: 0; }
  .box { flex: none; width: 1.35rem; height: 1.35rem; margin-top: .1rem; border: 2px solid #7c8b99; border-radius: .35rem; background: #fff; display: grid; place-items: center; color: transparent; font: 700 .95rem/1 system-ui, sans-serif; } input:checked + .box { background: var(--main); border-color: var(--main); color: #fff; } .round { border-radius: 50%; }`;
define("ks-checkbox", BOX, `<label><input type="checkbox"><span class="box" aria-hidden="true">✓</span><span><slot></slot></span></label>`, {
  value: true,
  drawn: (host, root) => {
    const input = root.querySelector("input");
    const tell = () => host.internals.setFormValue(input.checked ? host.getAttribute("value") : null);
    input.addEventListener("change", tell);
  },
});
define("ks-radio", BOX, `<label><input type="radio"><span class="box round" aria-hidden="true">●</span><span><slot></slot></span></label>`, {
  drawn: (host, root) => {
    const input = root.querySelector("input");
    input.addEventListener("change", () => host.closest("ks-radio-group").choose(host));
  },
});
define("ks-radio-group", `:host { display: block; } .legend { font-weight: 600; margin-bottom: .3rem; }`, `<div role="radiogroup" aria-labelledby="l"><div class="legend" id="l"><slot name="legend"></slot></div><slot></slot></div>`, {
  value: true,
  drawn: (host) => {
    host.choose = (chosen) => {
      for (const radio of host.querySelectorAll("ks-radio")) radio.shadowRoot.querySelector("input").checked = radio === chosen;
      host.internals.setFormValue(chosen.getAttribute("value"));
    };
  },
});

define(
  "ks-code",
  `:host { display: block; margin: 0 0 1.2rem; padding: 1.2rem 1.4rem; border-radius: .9rem; background: #fff; box-shadow: 0 1px 3px #0b203a2b; text-align: center; }
   .caption { font-weight: 600; } .code { display: block; margin: .3rem 0 .5rem; font: 700 1.9rem/1.2 "Liberation Mono", ui-monospace, monospace; letter-spacing: .08em; color: var(--deep); overflow-wrap: anywhere; }
   a { color: var(--main); } .copied { min-height: 1.5em; color: #1c7443; } .left { font-weight: 700; color: #b3202e; }`,
  (host) => `<div class="caption"><slot name="caption"></slot></div><output class="code" data-code>${escaped(host.getAttribute("value"))}</output><a href="#" data-copy><slot name="copy"></slot></a><div class="copied" role="status" data-copied></div><div class="left" role="timer">Kalan süre: <span data-left>${escaped(host.getAttribute("seconds"))}</span> saniye</div>`,
  { drawn: (host) => host.removeAttribute("value") },
);

const goes = (host, root) => {
  root.querySelector("button").addEventListener("click", () => {
    remember(host.getAttribute("cookie"));
    host.remove();
  });
};
define("ks-dialog", `.layer { position: fixed; inset: 0; z-index: 9; display: grid; place-items: center; padding: 1rem; background: #0b1a2aa6; } .box { width: min(28rem, 100%); padding: 1.5rem; border-radius: 1rem; background: #fff; } .title { font-size: 1.2rem; font-weight: 700; color: var(--deep); } button { padding: .6rem 1.3rem; border: 0; border-radius: 2rem; background: var(--main); color: #fff; font-weight: 600; }`, `<div class="layer"><div class="box" role="dialog" aria-modal="true" aria-labelledby="t"><div class="title" id="t"><slot name="title"></slot></div><slot></slot><button type="button">Kapat</button></div></div>`, { drawn: goes });
define("ks-bar", `:host { position: fixed; inset: auto 0 0; z-index: 5; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; justify-content: center; align-items: center; padding: .75rem 1.25rem; background: #1b2530; color: #fff; font-size: .925rem; } button { padding: .45rem 1.2rem; border: 0; border-radius: 2rem; background: #fff; color: #1b2530; font-weight: 600; }`, `<slot></slot><button type="button">Tamam</button>`, { drawn: goes });

document.dispatchEvent(new Event("portal:drawn"));
