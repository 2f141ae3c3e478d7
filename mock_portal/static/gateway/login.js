// The password page. In the 2020 layout the typed values travel in hidden fields and the visible ones are emptied.

const loginForm = document.getElementById("loginForm");
const nationalId = document.getElementById("tridField");
const password = document.getElementById("egpField");

if (loginForm.dataset.moves === "yes") {
  loginForm.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // already submitted: what was moved stays as it is
    document.getElementById("encTridField").value = nationalId.value;
    document.getElementById("encEgpField").value = password.value;
    nationalId.value = "";
    password.value = "";
    // The browser checked the fields before this event; emptied ones must not block the submit.
    nationalId.required = false;
    password.required = false;
  });
}
// A page restored from the browser's cache asks for everything again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  loginForm.reset();
  nationalId.required = true;
  password.required = true;
  for (const id of ["encTridField", "encEgpField"]) {
    const field = document.getElementById(id);
    if (field) field.value = "";
  }
});

const capsWarning = document.querySelector(".capsWarning");
password.addEventListener("keyup", (event) => {
  capsWarning.hidden = !(event.getModifierState && event.getModifierState("CapsLock"));
});

const renew = document.querySelector(".captchaRenew");
if (renew) {
  renew.addEventListener("click", async () => {
    const answer = await fetch("/Giris/GuvenlikKodu/yeni", { method: "POST", headers: { "x-page-token": loginForm.currentPageToken.value } });
    if (!answer.ok) return;
    document.querySelector(".captchaImage").src = (await answer.json()).src;
    document.getElementById("captchaField").value = "";
    document.getElementById("captchaField").focus();
  });
}
