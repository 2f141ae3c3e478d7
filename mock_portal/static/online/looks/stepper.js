"use strict";

// Once the signature is accepted we are at the last step, on the same page.
document.addEventListener("portal:state", (event) => {
  if (event.detail !== "accepted") return;
  const steps = [...document.querySelectorAll(".stepper li")];
  for (const step of steps) {
    step.className = "done";
    step.removeAttribute("aria-current");
    const mark = document.createElement("span");
    mark.setAttribute("aria-hidden", "true");
    mark.textContent = "✓";
    step.firstElementChild.replaceChildren(mark);
  }
  steps.at(-1)?.setAttribute("aria-current", "step");
});
