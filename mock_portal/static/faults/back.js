"use strict";
// The person presses the browser's back button once.
if (!sessionStorage.getItem("geri")) {
  sessionStorage.setItem("geri", "1");
  history.back();
}
