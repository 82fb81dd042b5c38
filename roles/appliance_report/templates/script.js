"use strict";
(function () {
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));

  // Times in the reader's own words; the title keeps the time in UTC.
  const shown = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "short"});
  const day = new Intl.DateTimeFormat(undefined, {dateStyle: "medium"});
  all("time[datetime]").forEach((node) => {
    const when = new Date(node.dateTime);
    if (!isNaN(when)) node.textContent = (node.dataset.day === undefined ? shown : day).format(when);
  });
  all(".line .when[data-week]").forEach((node) => {
    const start = new Date(document.querySelector("#generated").dateTime).getTime() + node.dataset.week * 7 * 864e5;
    node.firstElementChild.textContent = new Intl.DateTimeFormat(undefined, {day: "numeric", month: "short"}).format(start);
  });

  // A long table shows what needs attention; the rest is behind a button, unless somebody filters.
  const MANY = 12;
  const search = document.querySelector("#search");
  const platform = document.querySelector("#platform");
  const only = document.querySelector("#only");
  const tables = all("table.cards");
  const state = new Map(tables.map((table) => [table, {open: false}]));

  const update = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const filtered = words.length > 0 || platform.value !== "" || only.checked;
    let left = 0;
    tables.forEach((table) => {
      const rows = Array.from(table.tBodies[0].rows);
      const calm = rows.filter((row) => row.dataset.status === "ok");
      const folded = !filtered && !state.get(table).open && rows.length > MANY && calm.length > 3;
      let visible = 0;
      rows.forEach((row) => {
        const text = row.textContent.toLowerCase();
        const fits = words.every((word) => text.includes(word))
          && (platform.value === "" || row.dataset.platform === platform.value)
          && (!only.checked || ["critical", "warning", "unknown"].includes(row.dataset.status));
        row.hidden = !fits || (folded && row.dataset.status === "ok");
        visible += row.hidden ? 0 : 1;
      });
      left += visible;
      const more = table.parentElement.querySelector("button.more");
      more.hidden = filtered || rows.length <= MANY || calm.length <= 3;
      more.textContent = folded ? `Show ${calm.length} more that are fine` : `Hide ${calm.length} that are fine`;
      more.setAttribute("aria-expanded", String(!folded));
      const none = table.parentElement.querySelector(".nothing");
      none.hidden = visible > 0 || !filtered;
    });
    document.querySelector("#found").textContent = filtered ? `${left} ${left === 1 ? "row" : "rows"} found.` : "";
  };
  tables.forEach((table) => {
    table.parentElement.querySelector("button.more").addEventListener("click", () => {
      state.get(table).open = !state.get(table).open;
      update();
    });
  });
  [search, platform, only].forEach((node) => node.addEventListener("input", update));

  // Sorting: numbers and times by data-value, everything else as text.
  const texts = new Intl.Collator(undefined, {numeric: true, sensitivity: "base"});
  const compare = (a, b) => (isNaN(a) || isNaN(b) ? texts.compare(a, b) : a - b);
  tables.forEach((table) => {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
        const rows = Array.from(table.tBodies[0].rows).sort((a, b) => {
          const [left, right] = [value(a), value(b)];
          if (left === "" || right === "") return (left === "") - (right === "");
          return (up ? 1 : -1) * compare(left, right);
        });
        table.tBodies[0].append(...rows);
      });
    });
  });

  // What is folded is on paper, too.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    opened.forEach((node) => { node.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((node) => { node.open = false; }));

  document.querySelector(".tools").hidden = false;
  update();
})();
