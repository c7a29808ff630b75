// What a script adds: tables are searched while typing and sorted without loading, and a page can be printed.
// Everything else works without it. It sends nothing anywhere.
"use strict";

const fold = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d");

function searchWhileTyping(input) {
  const table = document.getElementById(input.dataset.search);
  if (!table || !table.hasAttribute("data-complete")) return;
  const rows = [...table.tBodies[0].rows];
  const texts = rows.map((row) => fold(row.textContent));
  const status = document.querySelector(`[data-found="${input.dataset.search.replace("table-", "")}"]`);
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    rows.forEach((row, index) => {
      const wanted = words.every((word) => texts[index].includes(word));
      row.hidden = !wanted;
      if (wanted) found += 1;
    });
    if (status) {
      const number = found.toLocaleString(document.documentElement.lang);
      status.textContent = status.dataset.words.replace("{}", number);
    }
  });
}

// Nothing known comes last in both directions but one: as on the server it is the least.
function compare(a, b) {
  if (a === b) return 0;
  if (a === "" || b === "") return a === "" ? -1 : 1;
  const [left, right] = [Number(a), Number(b)];
  return Number.isNaN(left) || Number.isNaN(right) ? (a < b ? -1 : 1) : left - right;
}

function sortInPlace(table) {
  if (!table.hasAttribute("data-complete")) return;
  const heads = [...table.tHead.rows[0].cells];
  const first = [...table.tBodies[0].rows];
  heads.forEach((head, column) => {
    const link = head.querySelector("a.sort");
    if (!link) return;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const now = head.getAttribute("aria-sort");
      const down = now ? now === "ascending" : head.classList.contains("number");
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.cells[column].dataset.order;
      const sorted = [...first].sort((a, b) => (down ? compare(key(b), key(a)) : compare(key(a), key(b))));
      // What is not split up stays last.
      table.tBodies[0].append(...sorted, ...sorted.filter((row) => "rest" in row.dataset));
    });
  });
}

document.querySelectorAll("input[data-search]").forEach(searchWhileTyping);
document.querySelectorAll("table[data-complete]").forEach(sortInPlace);
document.querySelectorAll("button[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
// The chooser of one's own days closes with Escape and by a click elsewhere.
document.querySelectorAll("details.own").forEach((details) => {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
});
