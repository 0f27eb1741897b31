/* The search box suggests while one types: a combobox with a list, as the ARIA practices describe it. Without this file
   the box is a plain form. */
"use strict";

(() => {
  const PAUSE = 120;
  const HAN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
  const enough = (words) => [...words].length >= (HAN.test(words) ? 1 : 2);

  const equip = (input) => {
    const form = input.form;
    const list = document.createElement("ul");
    list.id = `${input.id}-list`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestions);
    list.hidden = true;
    input.insertAdjacentElement("afterend", list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    })) {
      input.setAttribute(name, value);
    }

    let waiting = 0;
    let asking = null;
    let asked = "";
    let active = -1;

    const options = () => [...list.querySelectorAll("[role=option]")];

    const close = () => {
      clearTimeout(waiting);
      if (asking) asking.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    };

    const mark = (at) => {
      active = at;
      options().forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
      if (at < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      const option = options()[at];
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };

    const show = (fragment) => {
      list.innerHTML = fragment;
      const found = options();
      found.forEach((option, number) => {
        option.id = `${list.id}-${number}`;
      });
      const open = found.length > 0 && document.activeElement === input;
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      mark(-1);
    };

    const ask = async () => {
      const words = input.value.trim();
      if (!enough(words)) {
        asked = words;
        close();
        return;
      }
      if (words === asked && !list.hidden) return;
      asked = words;
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: asking.signal });
        if (answer.ok && words === input.value.trim()) show(await answer.text());
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    };

    const go = (option) => {
      window.location.assign(option.dataset.address);
    };

    input.addEventListener("input", (event) => {
      if (!event.isComposing) soon();
    });
    input.addEventListener("compositionend", soon);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const number = options().length;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
        event.preventDefault();
        if (list.hidden) {
          asked = "";
          ask();
        } else {
          const step = event.key === "ArrowDown" ? 1 : -1;
          mark(((active + step + 1 + number + 1) % (number + 1)) - 1);
        }
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        go(options()[active]);
      }
    });

    /* The box keeps the focus while an option is pressed. */
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go(option);
    });
  };

  for (const input of document.querySelectorAll("form[data-suggest] input[type=search]")) equip(input);
})();
