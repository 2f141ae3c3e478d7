// Sanal Klavye (keys on the screen) and Yazarken Gizle (dots instead of digits while typing).

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];
const LETTERS = ["1234567890", "qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç", ".,-_!?+*&@#$%/()="];

function put(field, text) {
  const limit = Number(field.getAttribute("maxlength")) || Infinity;
  field.value = (field.value + text).slice(0, limit);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function key(label, act, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  if (name) button.setAttribute("aria-label", name);
  button.addEventListener("click", () => act(button));
  return button;
}

function row(...keys) {
  const line = document.createElement("div");
  line.className = "keys";
  line.append(...keys);
  return line;
}

function board(field, opener, withLetters) {
  const panel = document.createElement("div");
  panel.className = withLetters ? "onscreen keyboard" : "onscreen keypad";
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "Sanal Klavye");
  panel.hidden = true;
  const erase = key("Sil", () => {
    field.value = field.value.slice(0, -1);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const close = key("Kapat", () => {
    panel.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close.click();
  });
  if (!withLetters) {
    panel.append(row(...DIGITS.map((digit) => key(digit, () => put(field, digit))), erase, close));
    return panel;
  }
  let upper = false;
  const letters = [];
  for (const line of LETTERS) {
    const keys = [...line].map((letter) => key(letter, (button) => put(field, button.textContent)));
    letters.push(...keys);
    panel.append(row(...keys));
  }
  const shift = key("Büyük Harf", () => {
    upper = !upper;
    shift.setAttribute("aria-pressed", String(upper));
    for (const button of letters) {
      button.textContent = upper ? button.textContent.toLocaleUpperCase("tr") : button.textContent.toLocaleLowerCase("tr");
    }
  });
  shift.setAttribute("aria-pressed", "false");
  panel.append(row(shift, key("Boşluk", () => put(field, " ")), erase, close));
  return panel;
}

for (const opener of document.querySelectorAll("[data-keypad], [data-keyboard]")) {
  const withLetters = "keyboard" in opener.dataset;
  const field = document.getElementById(withLetters ? opener.dataset.keyboard : opener.dataset.keypad);
  const panel = board(field, opener, withLetters);
  opener.parentElement.after(panel);
  opener.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    opener.setAttribute("aria-expanded", String(!panel.hidden));
  });
}

for (const opener of document.querySelectorAll("[data-conceal]")) {
  const field = document.getElementById(opener.dataset.conceal);
  const shown = field.type;
  opener.addEventListener("click", () => {
    const conceal = field.type === shown;
    field.type = conceal ? "password" : shown;
    opener.setAttribute("aria-pressed", String(conceal));
    field.focus();
  });
}
// A number field has no length limit of its own.
for (const field of document.querySelectorAll("input[type=number][maxlength]")) {
  field.addEventListener("input", () => {
    field.value = field.value.slice(0, Number(field.getAttribute("maxlength")));
  });
}
