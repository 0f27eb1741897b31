// A footnote beside its number, in a popover that the browser opens, closes and gives the focus. Without this script,
// or with a key held, the number leads to the footnote itself.
(() => {
  if (!("popover" in HTMLElement.prototype)) return;

  const box = document.createElement("div");
  box.popover = "auto";
  box.className = "note-box";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");

  // What the footnote holds, under a link to its place among the sources.
  function fill(mark, note) {
    const place = document.createElement("a");
    place.href = mark.hash;
    place.textContent = mark.getAttribute("aria-label");
    place.addEventListener("click", () => box.hidePopover());
    const copies = [...note.children].map((child) => child.cloneNode(true));
    copies.flatMap((copy) => [copy, ...copy.querySelectorAll("[id]")]).forEach((each) => each.removeAttribute("id"));
    box.replaceChildren(place, ...copies);
    box.setAttribute("aria-label", place.textContent);
  }

  // Below its number, or above it where there is no room; a phone shows it at its lower edge.
  function put(mark) {
    box.style.left = box.style.top = "";
    if (!matchMedia("(min-width: 46rem)").matches) return;
    const at = mark.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const below = at.bottom + 6;
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
    box.style.top = `${below + height > innerHeight && at.top - 6 > height ? at.top - 6 - height : below}px`;
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.mark-number");
    const held = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    const note = mark && !held && document.getElementById(mark.hash.slice(1));
    if (!note) return;
    event.preventDefault();
    if (box.matches(":popover-open")) box.hidePopover();
    fill(mark, note);
    mark.after(box);
    box.showPopover();
    put(mark);
    box.focus();
  });
})();
