// The script of the site: filters, sorting, and what is folded away. Without it the lists by group serve.
"use strict";
(() => {
  const form = document.getElementById("filters");
  const table = document.querySelector("table.list");
  const rows = table ? [...table.tBodies[0].rows] : [];

  function sentences(button) {
    const every = [...document.querySelectorAll("details.sentence")];
    const words = [button.textContent, button.dataset.close];
    const isOpen = () => every.every((each) => each.open);
    const tell = () => { button.textContent = words[+isOpen()]; };
    button.addEventListener("click", () => {
      const open = !isOpen();
      every.forEach((each) => { each.open = open; });
      tell();
    });
    every.forEach((each) => each.addEventListener("toggle", tell));
    button.hidden = false;
    tell();
  }

  function sortable() {
    const heads = [...table.tHead.rows[0].cells];
    const cell = (row, at) => row.cells[at].textContent.trim();
    const order = new Map(rows.map((row, number) => [row, number]));
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent.trim();
      if (form) button.title = form.dataset.sort.replace("{column}", button.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        // The list comes in the order of the answers: the second column keeps it.
        const compare = at === 1 ? (a, b) => order.get(a) - order.get(b)
          : (a, b) => cell(a, at).localeCompare(cell(b, at), document.documentElement.lang, { numeric: true });
        rows.sort((a, b) => (down ? compare(b, a) : compare(a, b)));
        table.tBodies[0].append(...rows);
      });
    });
  }

  function filtering() {
    const fields = [...form.querySelectorAll("select")];
    const words = form.elements.words;
    const keys = new Map(rows.map((row) => [row, row.dataset.k.split("|").map((part) => part.split(","))]));
    const texts = new Map(rows.map((row) => [row, fold(row.textContent).replace(/\s+/g, " ")]));
    let asked = false;
    const shown = document.getElementById("shown");
    const none = document.getElementById("none");

    function fold(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }

    // What the list does not show of a study lies in a file of its own, which is loaded when somebody searches.
    function look() {
      if (asked) return;
      asked = true;
      const more = document.createElement("script");
      more.src = document.querySelector('script[src$="site.js"]').src.replace("site.js", "search.js");
      more.addEventListener("load", () => {
        for (const [row, text] of texts) {
          const id = row.querySelector("th a").href.match(/NCT\d{8}/);
          texts.set(row, `${text} ${(id && window.searchWords[id[0]]) || ""}`);
        }
        apply();
      });
      document.head.append(more);
    }

    function apply() {
      // As in the program, quotes keep words together, of any kind that a keyboard writes.
      const parts = fold(words.value).split(/["“”„«»]/);
      const wanted = parts.flatMap((part, at) => (at % 2 && at < parts.length - 1
        ? [part.trim().replace(/\s+/g, " ")] : part.split(/\s+/))).filter(Boolean);
      if (wanted.length) look();
      let count = 0;
      for (const row of rows) {
        const fits = fields.every((field, at) => !field.value || keys.get(row)[at].includes(String(field.selectedIndex)))
          && wanted.every((word) => texts.get(row).includes(word));
        row.hidden = !fits;
        count += fits;
      }
      shown.textContent = form.dataset.shown.replace("{n}", count).replace("{all}", rows.length);
      none.hidden = count > 0;
      const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();
      history.replaceState(null, "", state ? `#${state}` : location.pathname);
    }

    function restore() {
      for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
        if (form.elements[name]) form.elements[name].value = value;
      }
    }

    document.querySelectorAll("a[data-filter]").forEach((link) => link.addEventListener("click", (event) => {
      event.preventDefault();
      const [name, value] = link.dataset.filter.split("=");
      form.reset();
      form.elements[name].value = value;
      apply();
      document.getElementById("list").scrollIntoView();
      form.elements[name].focus({ preventScroll: true });
    }));
    words.addEventListener("focus", look);
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    form.hidden = false;
    document.getElementById("past").hidden = false;
    document.getElementById("groups").open = false;
    restore();
    apply();
  }

  if (table) sortable();
  if (form) filtering();
  const button = document.getElementById("sentences");
  if (button) sentences(button);
})();
