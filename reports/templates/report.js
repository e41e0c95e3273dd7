// Search, sort, filter, copy and hints. Everything is readable without; nothing here is needed to read it, and no text is ever parsed as HTML.
(() => {
  "use strict";
  const page = document.documentElement;
  page.classList.add("js");
  const make = (tag, text, parent) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };

  // The state stands in the address as "#!sort=-tokens&tier=C,D"; everything else behind # is an anchor.
  const state = new URLSearchParams();
  const load = () => {
    if (location.hash && !location.hash.startsWith("#!")) return false;
    [...state.keys()].forEach((key) => state.delete(key));
    new URLSearchParams(location.hash.slice(2)).forEach((value, key) => state.set(key, value));
    return true;
  };
  const save = (key, value) => {
    if (value) state.set(key, value);
    else state.delete(key);
    const text = state.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", text ? `#!${text}` : "#");
  };

  // Sorting: by number where a cell holds one, else by text; cells without a value stay last.
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const text = (cell.dataset.v || cell.textContent).trim();
    const found = column && /[-−+±]?[\d,]*\.?\d+/.exec(text);
    if (found) return Number(found[0].replace("−", "-").replace(/[,+±]/g, ""));
    return column && /^[–-]?$|^not /.test(text) ? null : text.toLowerCase();
  };
  const compare = (a, b) => (typeof a === typeof b && typeof a === "string" ? a.localeCompare(b) : a < b ? -1 : a > b ? 1 : 0);
  const sorted = (rows, column, down) => {
    const keyed = rows.map((row) => [valueOf(row, column), row]);
    keyed.sort(([a], [b]) => (a === null || b === null ? (a === null) - (b === null) : down ? compare(b, a) : compare(a, b)));
    return keyed.map(([, row]) => row);
  };
  const sortable = (table) => {
    const key = `${table.dataset.sort}sort`;
    const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.k);
    const body = table.tBodies[0];
    const before = [...body.rows];
    const show = () => {
      const wanted = state.get(key) || "";
      const down = wanted.startsWith("-");
      const head = heads.find((one) => one.dataset.k === wanted.slice(down));
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      if (head) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...(head ? sorted(before, head.cellIndex, down) : before));
    };
    heads.forEach((head) => {
      const button = make("button", head.textContent);
      button.type = "button";
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const name = head.dataset.k;
        const next = { [name]: `-${name}`, [`-${name}`]: "" };
        const now = state.get(key) || "";
        save(key, now in next ? next[now] : name);
        show();
      });
    });
    return show;
  };

  // Filtering: rows of the table, and the cards with them.
  const filterable = (bar) => {
    const prefix = bar.dataset.bar;
    const rows = [...bar.parentElement.querySelectorAll("tr[data-c]")].map((row) => ({ row, card: document.getElementById(row.dataset.c), text: "" }));
    const named = (name) => [...bar.elements].filter((one) => one.name === name);
    const read = () => {
      named("q").forEach((one) => save(`${prefix}q`, one.value.trim()));
      save(`${prefix}tier`, named("tier").filter((one) => one.checked).map((one) => one.value).join(","));
      ["flag", "risk"].forEach((name) => named(name).forEach((one) => save(prefix + name, one.value)));
    };
    const show = () => {
      const wanted = (name) => state.get(prefix + name) || "";
      const words = wanted("q").toLowerCase().split(/\s+/).filter(Boolean);
      const tiers = wanted("tier").split(",").filter(Boolean);
      named("q").forEach((one) => { one.value = wanted("q"); });
      named("tier").forEach((one) => { one.checked = tiers.includes(one.value); });
      ["flag", "risk"].forEach((name) => named(name).forEach((one) => { one.value = wanted(name); }));
      let count = 0;
      for (const one of rows) {
        if (words.length && !one.text) one.text = `${one.row.cells[0].textContent} ${one.card.querySelector(".title")?.textContent || ""} ${one.card.querySelector(".said").textContent}`.toLowerCase();
        const { t, f, r } = one.row.dataset;
        const fits = (!tiers.length || tiers.includes(t)) && (!wanted("flag") || (f || "").split(" ").includes(wanted("flag"))) && (!wanted("risk") || r === wanted("risk")) && words.every((word) => one.text.includes(word));
        one.row.hidden = one.card.hidden = !fits;
        count += fits;
      }
      bar.querySelector("output").textContent = count === rows.length ? "" : `${count} of ${rows.length} tools`;
    };
    bar.addEventListener("input", () => { read(); show(); });
    bar.addEventListener("submit", (event) => event.preventDefault());
    bar.addEventListener("reset", (event) => {
      event.preventDefault();
      ["q", "tier", "flag", "risk"].forEach((name) => save(prefix + name, ""));
      show();
    });
    return show;
  };

  // Hints: what a marked word or a question's short name stands for.
  const hint = (link) => {
    const target = document.getElementById(link.hash.slice(1));
    if (link.classList.contains("m")) {
      const key = link.hash.slice(1, link.hash.lastIndexOf("f") + 1);
      const numbers = link.dataset.f ? link.dataset.f.split(" ") : [link.hash.slice(key.length + 1)];
      return numbers.map((number) => document.getElementById(key + number)).filter(Boolean).map((row) => {
        const dimension = row.closest(".dim").querySelector("h4, h5").firstChild.textContent.trim();
        const asked = row.querySelector(".q") || document.getElementById((row.hash ? row : row.querySelector("a")).hash.slice(1)).querySelector(".q");
        return [`${row.hash ? "·" : row.firstElementChild.textContent} `, `${dimension}: ${asked.textContent} ${row.querySelector(".detail")?.textContent || ""}`];
      });
    }
    return target?.matches(".questions dt") ? [["", target.querySelector(".q").textContent], ["", target.nextElementSibling.firstChild.textContent]] : [];
  };
  let tip = null;
  let told = null;
  const hide = () => {
    if (!tip) return;
    told.removeAttribute("aria-describedby");
    tip.remove();
    tip = told = null;
  };
  const place = () => {
    if (!tip) return;
    const at = told.getClientRects()[0];
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`;
    tip.style.top = `${at.top > box.height + 12 ? at.top - box.height - 6 : told.getBoundingClientRect().bottom + 6}px`;
  };
  const tell = (event) => {
    const link = event.target.closest?.(".m[href], .id a, .quiet a, .short a, .sum a, .changes td a");
    hide();
    const lines = link ? hint(link) : [];
    if (!lines.length) return;
    tip = make("div");
    tip.id = "tip";
    tip.setAttribute("role", "tooltip");
    for (const [points, text] of lines) {
      const line = make("p", "", tip);
      make("b", points, line);
      line.append(text);
    }
    document.body.append(tip);
    told = link;
    told.setAttribute("aria-describedby", "tip");
    place();
  };

  const copy = async (button) => {
    const text = button.parentElement.querySelector("pre").textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector("pre"));
      button.textContent = document.execCommand("copy") ? "Copied" : "Select and copy";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  };

  // A link may lead into a card that a filter hides, or into something folded.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const card = target.closest(".card");
    if (card) card.hidden = false;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };

  document.addEventListener("DOMContentLoaded", () => {
    const shows = [...[...document.querySelectorAll("table[data-sort]")].map(sortable), ...[...document.querySelectorAll("form[data-bar]")].map(filterable)];
    const restore = () => { if (load()) shows.forEach((show) => show()); };
    restore();
    addEventListener("hashchange", () => { restore(); reveal(); });
    reveal();
    for (const on of ["pointerover", "focusin"]) document.addEventListener(on, tell);
    document.addEventListener("focusout", hide);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    addEventListener("scroll", place, { passive: true });
    document.addEventListener("click", (event) => { const button = event.target.closest(".copy"); if (button) copy(button); });
  });
})();
