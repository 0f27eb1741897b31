/* Conveniences of the desk: single keys press what is marked with data-key, and changed fields are marked while one
   types. Everything works without this file. */
"use strict";

(() => {
  const SWITCH = "desk-keys";
  const keys = document.getElementById("keys-on");
  if (keys) {
    keys.closest(".keyboard").hidden = false;
    keys.checked = localStorage.getItem(SWITCH) !== "off";
    keys.addEventListener("change", () => localStorage.setItem(SWITCH, keys.checked ? "on" : "off"));
  }

  const typing = (element) => element.matches("input:not([type=checkbox], [type=radio]), select, textarea");

  /* An act that needs a reason goes where the reason is written. */
  const missing = (button) => {
    const needed = button.dataset.needs && document.getElementById(button.dataset.needs);
    return needed && !needed.value.trim() ? needed : null;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!keys || !keys.checked || event.repeat) return;
    const target = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
    if (!target) return;
    event.preventDefault();
    (missing(target) || target).focus();
    if (!missing(target)) target.click();
  });

  for (const version of document.querySelectorAll(".version")) {
    const field = version.querySelector("input, select, textarea");
    field.addEventListener("input", () => {
      version.classList.toggle("changed", field.value.trim() !== version.dataset.original.trim());
    });
  }

  /* Words marked in the passage become the quote. */
  const passage = document.getElementById("passage");
  const quote = document.querySelector("#claim-form textarea[name=quote]");
  if (passage && quote) {
    passage.addEventListener("mouseup", () => {
      const chosen = document.getSelection();
      const words = chosen.toString();
      if (words.trim().length < 10 || !passage.contains(chosen.anchorNode) || !passage.contains(chosen.focusNode)) return;
      quote.value = words;
      quote.dispatchEvent(new Event("input"));
    });
  }
})();
