"use strict";

// The signing page: the countdown follows the server, the result appears in place, nothing is reloaded.
// The page may come later than this file, in parts and in open shadow trees.
(() => {
  const PATIENCE = 3; // polls that may fail before we tell the person

  const trees = (node) => {
    const found = [node];
    for (const tree of found) {
      for (const element of tree.querySelectorAll("*")) if (element.shadowRoot) found.push(element.shadowRoot);
    }
    return found;
  };
  const all = (node, selector) => trees(node).flatMap((tree) => [...tree.querySelectorAll(selector)]);

  const watch = (root) => {
    const find = (mark) => all(root, `[data-${mark}]`)[0];
    const result = find("result");
    const code = find("code");
    const countdown = find("left");
    const copy = find("copy");
    const copied = find("copied");
    const renewal = find("renewal");
    const pollEvery = Number(root.dataset.poll);
    if (!code) return; // it is over already

    let serial = root.dataset.serial;
    let deadline = 0;
    let failures = 0;
    let timer = 0;

    const setText = (element, text) => {
      if (element.textContent !== text) element.textContent = text;
    };
    const codeText = () => (code instanceof HTMLInputElement ? code.value : code.textContent.trim());
    const setCode = (text) => {
      if (code instanceof HTMLInputElement) code.value = text;
      else code.textContent = text;
    };

    // --- the time left: the server's word, counted on here until the next one -----------------------------

    const setRemaining = (seconds) => {
      deadline = performance.now() + seconds * 1000;
      showRemaining();
    };
    const showRemaining = () => {
      const left = root.dataset.state === "waiting" ? Math.ceil((deadline - performance.now()) / 1000) : 0;
      setText(countdown, String(Math.max(0, left)));
    };

    // --- what became of the code ---------------------------------------------------------------------------

    const tell = (name) => {
      result.replaceChildren();
      if (name) result.append(all(root, `template[data-say="${name}"]`)[0].content.cloneNode(true));
    };
    const setState = (state) => {
      if (root.dataset.state === state) return;
      root.dataset.state = state;
      showRemaining();
      copied.textContent = "";
      if (state === "accepted") {
        for (const element of all(root, "[data-until-done]")) element.remove();
        tell("accepted");
        result.querySelector("[tabindex]")?.focus({ preventScroll: true });
        window.scrollTo(0, 0);
      } else if (state === "expired" || state === "no-session") tell(state);
      else if (state === "replaced" || state === "unknown") tell("replaced");
      else tell(null);
      root.dispatchEvent(new CustomEvent("portal:state", { bubbles: true, composed: true, detail: state }));
    };

    // --- asking ----------------------------------------------------------------------------------------------

    const poll = async () => {
      const asked = serial;
      let answer = null;
      try {
        const response = await fetch(`/imzalama/durum?sira=${asked}`, {
          headers: { accept: "application/json" },
          cache: "no-store",
          signal: AbortSignal.timeout(10000),
        });
        if (response.status < 500) answer = await response.json();
      } catch {
        // the network or the server; asked again below
      }
      if (asked !== serial || !root.isConnected) return; // there is a newer code meanwhile, and its own poll is running
      if (answer === null) {
        failures += 1;
        if (failures === PATIENCE) tell("offline");
      } else {
        if (failures >= PATIENCE) tell(null);
        failures = 0;
        setState(answer.state);
        if (answer.state === "waiting") setRemaining(answer.seconds_left);
      }
      if (root.dataset.state === "waiting") askLater();
    };
    const askLater = () => {
      clearTimeout(timer);
      timer = setTimeout(poll, pollEvery);
    };

    // --- copying ---------------------------------------------------------------------------------------------

    const copyOldWay = () => {
      const helper = document.createElement("textarea");
      helper.value = codeText();
      document.body.append(helper);
      helper.select();
      const done = document.execCommand("copy");
      helper.remove();
      return done;
    };
    copy.addEventListener("click", async (event) => {
      event.preventDefault();
      let done = false;
      try {
        await navigator.clipboard.writeText(codeText());
        done = true;
      } catch {
        done = copyOldWay();
      }
      copied.textContent = done ? "Kod kopyalandı." : "Kod kopyalanamadı, lütfen elle seçip kopyalayınız.";
    });

    // --- Tekrar Kod Al, in place where the page says so ----------------------------------------------------

    const takeNewCode = async () => {
      const response = await fetch(renewal.action, {
        method: "POST",
        headers: { accept: "application/json" },
        body: new URLSearchParams(new FormData(renewal)),
      });
      const answer = await response.json();
      if (!response.ok) throw new Error("no new code");
      if (answer.state !== "waiting") {
        setState(answer.state);
        return;
      }
      serial = String(answer.serial);
      renewal.elements.sira.value = serial;
      setCode(answer.code);
      setState("waiting");
      setRemaining(answer.seconds_left);
      copied.textContent = "Yeni kodunuz hazır.";
      askLater();
    };
    let renewing = false;
    renewal?.addEventListener("submit", async (event) => {
      if (!("inPlace" in renewal.dataset)) return;
      event.preventDefault();
      if (renewing) return;
      renewing = true;
      try {
        await takeNewCode();
      } catch {
        renewal.submit(); // the plain way, which also leads to a new login if one is needed
      } finally {
        renewing = false;
      }
    });

    setRemaining(Number(root.dataset.seconds));
    const ticking = setInterval(() => (root.isConnected ? showRemaining() : clearInterval(ticking)), 250);
    if (root.dataset.state === "waiting") askLater();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden || !root.isConnected || root.dataset.state !== "waiting") return;
      clearTimeout(timer); // the browser slows down a page that is out of sight
      void poll();
    });
  };

  const begin = () => {
    for (const root of all(document, "[data-signing]")) {
      if ("watched" in root.dataset) continue;
      root.dataset.watched = "";
      watch(root);
    }
  };
  document.addEventListener("portal:drawn", begin); // a look has put something into the page
  begin();
})();
