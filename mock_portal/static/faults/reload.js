"use strict";
// The page reloads itself once, as pages do when their server changes something behind them.
if (!sessionStorage.getItem("yeniden")) {
  sessionStorage.setItem("yeniden", "1");
  location.reload();
}
