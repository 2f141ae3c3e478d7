"use strict";

// An announcement once, parts loaded in place, and a spinner on what was pressed.
$(() => {
  const dialog = document.getElementById("duyuru");
  if (dialog && !sessionStorage.getItem("duyuru")) {
    sessionStorage.setItem("duyuru", "1");
    new bootstrap.Modal(dialog).show();
  }
  $(document).on("click", "a[data-load]", function (event) {
    event.preventDefault();
    const address = this.href;
    $("#content").css("opacity", 0.5);
    $("#content").load(`${address} #content > *`, () => {
      history.pushState({}, "", address);
      $("#content").css("opacity", 1);
      document.dispatchEvent(new Event("portal:drawn"));
    });
  });
  $(document).on("submit", "form:not([data-in-place])", function () {
    $(this).find("button[type=submit]").last().prepend('<span class="spinner-border spinner-border-sm me-2" aria-hidden="true"></span>');
  });
  addEventListener("popstate", () => location.reload());
});
