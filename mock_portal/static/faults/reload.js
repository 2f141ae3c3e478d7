"use strict";
// The page loads itself once more, as pages do whose server changes something behind them.
if (!sessionStorage.getItem("yeniden")) {
  sessionStorage.setItem("yeniden", "1");
  location.reload();
}
