// A page that waits for something done elsewhere (the phone, the card): it counts down and polls.

const waiting = document.querySelector("[data-wait]");
const seconds = document.querySelector(".seconds");
const POLL_EVERY = 250; // milliseconds

// Once a form is on its way its answer decides where to go; a poll that returns later must not interfere.
let leaving = false;
document.addEventListener("submit", () => { leaving = true; });

let ends = Date.now() + 1000 * Number(waiting.dataset.seconds);

function count() {
  seconds.textContent = String(Math.max(0, Math.ceil((ends - Date.now()) / 1000)));
}

async function ask() {
  let answer;
  try {
    answer = await (await fetch(waiting.dataset.wait, { headers: { accept: "application/json" } })).json();
  } catch {
    return setTimeout(ask, 4 * POLL_EVERY); // the line is down for a moment
  }
  if (leaving) return undefined;
  if (answer.state === waiting.dataset.state) {
    const left = 1000 * answer.seconds;
    if (Math.abs(ends - Date.now() - left) > 1500) ends = Date.now() + left;
    return setTimeout(ask, POLL_EVERY);
  }
  if (answer.state === "approved") return waiting.requestSubmit();
  return location.replace(location.href);
}

setInterval(count, 200);
count();
if (waiting.dataset.state === "waiting") ask();

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Kod kopyalandı.";
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    }
  });
}
