"use strict";

// The whole page is drawn from data: first skeletons, then cards, drawn boxes and messages.
(() => {
  const { createApp, h, ref, onMounted, nextTick } = Vue;
  const Q = Quasar;
  const page = JSON.parse(document.getElementById("page").textContent);
  const go = (href) => () => location.assign(href);

  const button = (control) =>
    h(Q.QBtn, {
      label: control.label,
      noCaps: true,
      unelevated: control.kind !== "plain",
      outline: control.kind === "plain",
      color: control.kind === "danger" ? "negative" : "primary",
      type: control.href ? "button" : "submit",
      onClick: control.href ? go(control.href) : undefined,
    });
  const tokens = (fields) => fields.map(([name, value]) => h("input", { type: "hidden", name, value }));
  const words = (tag, text, more = {}) => h(tag, { ...more, innerHTML: text });

  const draw = {
    text: (b) => (b.tone === "warning" ? h(Q.QBanner, { class: "bg-amber-2 q-mb-md", rounded: true }, () => words("span", b.words)) : words("p", b.words)),
    terms: (b) => h(Q.QCard, { flat: true, bordered: true, class: "q-mb-md" }, () => h(Q.QCardSection, {}, () => b.paragraphs.map((text) => h("p", {}, text)))),
    notes: (b) => h(Q.QCard, { flat: true, bordered: true }, () => h(Q.QCardSection, {}, () => [h("div", { class: "text-subtitle1 text-primary" }, b.title), h("ul", {}, b.items.map((text) => h("li", {}, text))), h("b", {}, b.closing)])),
    beside: (b) => h("div", { class: "row q-col-gutter-lg" }, [h("div", { class: "col-12 col-md-7" }, all(b.left)), h("div", { class: "col-12 col-md-5" }, all(b.right))]),
    tiles: (b) => h("div", { class: "row q-col-gutter-md q-mb-md" }, b.tiles.map((tile) => h("div", { class: b.entrance ? "col-12" : "col-12 col-sm-6 col-md-4" }, h(Q.QCard, { bordered: true, flat: true, class: "full-height", tabindex: "0", onClick: go(tile.href), onKeyup: (event) => event.key === "Enter" && go(tile.href)() }, () => h(Q.QCardSection, {}, () => [h("div", { class: "text-subtitle1 text-weight-bold text-primary" }, tile.title), tile.sentence ? h("div", { class: "text-grey-8" }, tile.sentence) : null]))))),
    table: (b) => h(Q.QMarkupTable, { flat: true, bordered: true, class: "q-mb-md" }, () => [h("thead", {}, h("tr", {}, b.heads.map((text) => h("th", { class: "text-left" }, text)))), h("tbody", {}, b.rows.map((row) => h("tr", {}, row.map((text) => h("td", {}, text)))))]),
    statement: (b) => h(Q.QBanner, { class: "bg-blue-1 q-mb-md", rounded: true }, () => words("span", b.words)),
    tick: (b) => {
      const model = (state[b.name] ??= ref(false));
      return h("div", { class: "bg-blue-1 q-pa-md q-mb-md rounded-borders" }, [h(Q.QCheckbox, { modelValue: model.value, "onUpdate:modelValue": (value) => (model.value = value), label: b.words }), model.value ? h("input", { type: "hidden", name: b.name, value: b.value }) : null]);
    },
    choice: (b) => {
      const model = (state[b.name] ??= ref(null));
      return h("div", { class: "bg-blue-1 q-pa-md q-mb-md rounded-borders" }, [h("div", { class: "text-subtitle2" }, b.legend), h(Q.QOptionGroup, { modelValue: model.value, "onUpdate:modelValue": (value) => (model.value = value), options: b.options, type: "radio" }), model.value ? h("input", { type: "hidden", name: b.name, value: model.value }) : null]);
    },
    select: (b) => {
      const model = (state[b.name] ??= ref(b.options[0]));
      return [h(Q.QSelect, { class: "q-mb-md", outlined: true, label: b.label, options: b.options, modelValue: model.value, "onUpdate:modelValue": (value) => (model.value = value) }), h("input", { type: "hidden", name: b.name, value: model.value.value })];
    },
    secret: (b) => {
      const model = (state[b.name] ??= ref(""));
      return h(Q.QInput, { class: "q-mb-md", outlined: true, type: "password", name: b.name, label: b.label, modelValue: model.value, "onUpdate:modelValue": (value) => (model.value = value) });
    },
    form: (b) => h("form", { method: "post", action: b.action }, [...tokens([["csrf", page.csrf], ...b.hidden]), all(b.inside)]),
    actions: (b) => h("div", { class: "row q-gutter-sm q-mt-md" }, b.controls.map(button)),
    signing: (b) => {
      const done = `<div class="q-banner bg-green-2 q-mb-md rounded-borders" role="alert"><h2 class="text-h6 q-my-none" tabindex="-1">İşlem başarılı</h2><p>${b.done}</p></div>`;
      if (b.state === "accepted") return [words("div", done), button({ label: "Ana Sayfa", kind: "plain", href: "/anasayfa" })];
      const say = (name, html) => h("template", { "data-say": name, innerHTML: html });
      const bad = (text) => `<div class="q-banner bg-red-2 q-mb-md rounded-borders">${text}</div>`;
      return h("section", { "aria-label": "İmzalama", "data-signing": "", "data-state": b.state, "data-serial": b.serial, "data-seconds": b.seconds, "data-poll": b.poll }, [
        h("div", { role: "status", "data-result": "" }),
        h(Q.QBanner, { class: "bg-amber-2 q-mb-md", rounded: true, "data-until-done": "" }, () => "İmzalama işlemi aşamasında bu sayfayı kapatmayınız."),
        h("ol", {}, [h("li", {}, ["E-imza uygulamasını bilgisayarınıza indiriniz: ", h("a", { href: b.jnlp }, "İndirmek için tıklayınız"), ". Sorun yaşıyorsanız ", h("a", { href: b.jar }, "bu linkten"), " indirebilirsiniz."]), h("li", {}, "Kart okuyucunuzu bilgisayarınıza takınız ve e-imza kartınızı yerleştiriniz."), h("li", {}, "E-imza uygulamasını çalıştırınız."), h("li", {}, b.lastStep)]),
        h(Q.QCard, { flat: true, bordered: true, class: "q-mb-md text-center", "data-until-done": "" }, () => h(Q.QCardSection, {}, () => [h("div", { class: "text-subtitle2" }, b.caption), h("div", { class: "text-h4 text-weight-bold", "data-code": "" }, b.code), h("a", { href: "#", "data-copy": "" }, "Kodu kopyalamak için tıklayınız."), h("div", { role: "status", "data-copied": "" }), h("div", { class: "text-negative text-weight-bold" }, ["Kalan süre: ", h("span", { "data-left": "" }, String(b.seconds)), " saniye"])])),
        h("div", { class: "row q-gutter-sm" }, [
          button({ label: "Ana Sayfa", kind: "plain", href: "/anasayfa" }),
          h("form", { method: "post", action: "/imzalama/geri", "data-until-done": "" }, [...tokens([["csrf", page.csrf]]), button({ label: "Geri", kind: "plain" })]),
          h("form", { method: "post", action: "/imzalama/yeni-kod", "data-renewal": "", "data-in-place": "", "data-until-done": "" }, [...tokens([["csrf", page.csrf], ["sira", b.serial]]), button({ label: "Tekrar Kod Al", kind: "main" })]),
        ]),
        say("accepted", done),
        say("expired", bad("Doğrulama kodunuzun süresi dolmuştur. Yeni bir kod almak için Tekrar Kod Al düğmesini kullanınız; bu sayfayı kapatmayınız ve yenilemeyiniz.")),
        say("replaced", bad("Bu kodun yerine yeni bir kod alınmıştır.")),
        say("no-session", bad("Oturumunuz sona ermiştir. Lütfen yeniden giriş yapınız.")),
        say("offline", bad("Sunucuya şu anda ulaşılamıyor; yeniden deneniyor.")),
      ]);
    },
  };
  const state = {};
  const all = (blocks) => blocks.map((block) => draw[block.is](block));

  const app = createApp({
    setup() {
      const ready = ref(false);
      onMounted(() => {
        setTimeout(async () => {
          ready.value = true;
          await nextTick();
          document.dispatchEvent(new Event("portal:drawn"));
          if (page.word) Q.Notify.create({ message: page.word, color: page.wrong ? "negative" : "primary", position: "top-right" });
        }, 250);
      });
      return () =>
        h(Q.QLayout, { view: "hHh lpR fFf", class: "bg-grey-2" }, () => [
          h(Q.QHeader, { elevated: true }, () => [h("div", { class: "bg-amber-2 text-dark text-center text-caption", role: "note" }, page.notice), h(Q.QToolbar, {}, () => [h(Q.QToolbarTitle, {}, () => "Kamu SM Online İşlemler"), page.person ? h("span", {}, page.person) : null])]),
          h(Q.QPageContainer, {}, () => h(Q.QPage, { padding: true, role: "main", "aria-busy": ready.value ? undefined : "true", style: `max-width: ${page.narrow ? 560 : 1040}px; margin: 0 auto` }, () => (ready.value ? [h("h1", { class: "text-h5 text-primary text-weight-bold q-mt-sm" }, page.heading), ...all(page.blocks)] : [h(Q.QSkeleton, { type: "text", height: "40px", width: "40%" }), h(Q.QSkeleton, { type: "text" }), h(Q.QSkeleton, { type: "rect", height: "120px", class: "q-mt-md" })]))),
          h(Q.QFooter, { class: "bg-grey-9" }, () => h("div", { class: "q-pa-sm text-caption text-center" }, `Destek: 444 5 576 · Prova ortamı, ${page.edition}. Kişiler ve bilgiler uydurmadır.`)),
        ]);
    },
  });
  app.use(Q, { plugins: { Notify: Q.Notify } });
  Q.Lang.set(Q.Lang.tr);
  app.mount("#q-app");
})();
