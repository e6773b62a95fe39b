// Suggests authorities while one types. Without it, the form and the list below do the same work.
// Pattern: WAI-ARIA combobox with list autocomplete and manual selection.
const MOST = 8;

function plain(text) {
  return text.toLowerCase().replace(/&/g, "and").replace(/[^a-z0-9 ]+/g, " ").replace(/\s+/g, " ").trim();
}

function start(input) {
  const places = [...document.querySelectorAll(input.dataset.typeahead)].map((link) => ({
    name: link.dataset.name, code: link.dataset.code, href: link.href, plain: plain(link.dataset.name),
  }));
  const list = document.createElement("ul");
  list.id = `${input.id}-list`;
  list.className = "gt-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Authorities");
  list.hidden = true;
  const status = document.createElement("div");
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  let shown = [];
  let at = -1;

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function found(text) {
    const wanted = plain(text);
    if (!wanted) return [];
    const rank = (p) => {
      if (p.code === wanted || p.plain.startsWith(wanted)) return 0;
      if (p.plain.includes(` ${wanted}`)) return 1;
      return p.plain.includes(wanted) ? 2 : 3;
    };
    return places.filter((p) => rank(p) < 3)
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)).slice(0, MOST);
  }

  function show() {
    shown = found(input.value);
    list.replaceChildren(...shown.map((place, i) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = place.name;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = place.href; });
      return item;
    }));
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = shown.length === 0;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    status.textContent = input.value.trim() === "" ? "" :
      shown.length === 1 ? "1 authority" : `${shown.length} authorities`;
  }

  function move(step) {
    if (list.hidden) show();
    if (!shown.length) return;
    at = (at + step + shown.length + (at < 0 && step < 0 ? 1 : 0)) % shown.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    list.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[at].id);
  }

  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    else if (event.key === "Escape") { close(); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.href = shown[at].href; }
  });
}

document.querySelectorAll("input[data-typeahead]").forEach(start);
