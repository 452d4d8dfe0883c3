"use strict";
// Filtering only: everything stands in the page without it.
for (const filter of document.querySelectorAll("[data-filters]")) {
  const list = document.getElementById(filter.dataset.filters);
  const entries = [...list.querySelectorAll("[data-entry]")];
  const texts = entries.map((entry) => entry.textContent.toLowerCase());
  const search = filter.querySelector("input[type=search]");
  const boxes = [...filter.querySelectorAll("input[type=checkbox]")];
  const said = filter.querySelector("output");
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const levels = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    entries.forEach((entry, at) => {
      const own = (entry.dataset.levels || "").split(" ").filter(Boolean);
      const fits = words.every((word) => texts[at].includes(word)) &&
        (boxes.length === 0 || own.length === 0 || own.some((level) => levels.has(level)));
      entry.hidden = !fits;
      shown += fits;
    });
    said.textContent = `${shown} of ${entries.length} shown`;
  };
  filter.addEventListener("input", show);
  filter.hidden = false;
  show();
}
// What is folded is printed too.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.open = true;
    folded.dataset.unfolded = "";
  }
});
addEventListener("afterprint", () => {
  for (const unfolded of document.querySelectorAll("details[data-unfolded]")) {
    unfolded.open = false;
    delete unfolded.dataset.unfolded;
  }
});
