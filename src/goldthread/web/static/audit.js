// Keeps each answer as soon as it is given, pins quotes, and answers keys. What could not be sent
// waits in this tab (sessionStorage: gone when the tab closes) and is sent again, also after a
// reload. Without this file, the form's own buttons do the same.
const form = document.getElementById("audit");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const plan = document.querySelector(".gt-plan");
const store = `goldthread ${location.pathname}`;
const RETRY = 3000;
const LATER = 700; // after the last letter of a comment

const waiting = new Map(JSON.parse(sessionStorage.getItem(store) || "[]"));
const sending = new Set();
const timers = new Map();
let since = Date.now();
let chosen = null; // the words selected last in the plan

for (const element of document.querySelectorAll(".gt-with-script")) element.hidden = false;

const questions = [...form.querySelectorAll("[data-criterion]")];
const find = (id) => questions.find((q) => q.dataset.criterion === id);

function readout(question) {
  const id = question.dataset.criterion;
  const picked = question.querySelector(`[name="value-${id}"]:checked`);
  return {
    criterion: id,
    value: picked ? picked.value : "",
    reason: question.querySelector(`[name="reason-${id}"]`).value,
    comment: question.querySelector(`[name="comment-${id}"]`).value,
    places: [...question.querySelectorAll("[data-place]")].map((item) => {
      const [paragraph, start, end] = item.dataset.place.split(",").map(Number);
      return { paragraph, start, end };
    }),
  };
}

function say(question, words, isWaiting = false) {
  const line = question.querySelector("[data-saved]");
  line.textContent = words;
  line.classList.toggle("gt-saved--waiting", isWaiting);
}

function remember() {
  if (waiting.size) sessionStorage.setItem(store, JSON.stringify([...waiting]));
  else sessionStorage.removeItem(store);
}

function keep(question) {
  const now = readout(question);
  if (now.value === "not-applicable" && !now.reason) {
    say(question, "Choose why it does not apply.", true);
    return;
  }
  waiting.set(now.criterion, now);
  remember();
  send(now.criterion);
}

function keepSoon(question) {
  const id = question.dataset.criterion;
  waiting.set(id, readout(question)); // a reload in between loses nothing
  remember();
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => keep(question), LATER));
}

async function send(id) {
  if (sending.has(id) || !waiting.has(id)) return;
  const question = find(id);
  const given = waiting.get(id);
  const body = new FormData();
  const spent = Math.round((Date.now() - since) / 1000);
  for (const [name, value] of Object.entries(given)) {
    body.set(name, name === "places" ? JSON.stringify(value) : value);
  }
  body.set("version", question.querySelector(`[name="version-${id}"]`).value);
  body.set("seconds", spent);
  body.set("csrfmiddlewaretoken", token);
  sending.add(id);
  say(question, "Saving …");
  try {
    const got = await fetch(form.dataset.save, { method: "POST", body, redirect: "manual" });
    if (got.type === "opaqueredirect") {
      say(question, "Not saved: you are signed out. Sign in in another tab; this page keeps trying.", true);
    } else {
      await settle(question, given, got);
      since = Date.now();
    }
  } catch {
    say(question, "Not saved yet: no connection. This page keeps your answer and keeps trying.", true);
  } finally {
    sending.delete(id);
    remember();
  }
}

async function settle(question, given, got) {
  const id = given.criterion;
  if (got.status >= 500) {
    say(question, "Not saved yet: the site does not answer. This page keeps trying.", true);
    return;
  }
  const told = await got.json().catch(() => ({ said: "This page has expired; load it again." }));
  const unchanged = JSON.stringify(waiting.get(id)) === JSON.stringify(given);
  if (unchanged) waiting.delete(id);
  if (!got.ok) {
    say(question, `Not saved: ${told.said}`, true);
    return;
  }
  question.querySelector(`[name="version-${id}"]`).value = told.version;
  say(question, `Saved at ${told.kept}`);
  const machine = question.querySelector("[data-machine]");
  machine.innerHTML = told.machine;
  machine.hidden = !told.machine;
  document.getElementById("progress").textContent = told.progress;
  showGrade(told.grade);
  if (unchanged) showEvidence(question, told.evidence);
  else send(id);
}

function showGrade(grade) {
  const line = document.querySelector("[data-grade]");
  const sum = grade.index === null
    ? "Nothing counted yet."
    : `Quality index ${grade.index} in 100 from ${grade.answered} answers; ${grade.dial}.`;
  line.textContent = [sum, ...grade.caps].join(" ");
}

function showEvidence(question, places) {
  const list = question.querySelector("[data-evidence]");
  list.replaceChildren(...places.map((place) => item(question, place)));
}

function item(question, place) {
  const line = document.createElement("li");
  line.dataset.place = `${place.paragraph},${place.start},${place.end}`;
  const quote = document.createElement("q");
  quote.textContent = place.quote;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary gt-pin";
  button.textContent = "Remove";
  button.setAttribute("aria-label", `Remove the quote “${place.quote.slice(0, 40)}”`);
  button.addEventListener("click", () => {
    line.remove();
    keep(question);
    question.querySelector("[data-pin]").focus();
  });
  line.append(quote, " ", button);
  return line;
}

// --- Pinning: the words selected in the plan, in characters as the server counts them ---

function letters(text) {
  return Array.from(text).length;
}

function selected() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed || !plan || !plan.contains(range.commonAncestorContainer)) return null;
  const first = holder(range.startContainer);
  const last = holder(range.endContainer) || first;
  const from = first || last;
  if (!from) return null;
  const text = from.textContent;
  const start = first ? offset(from, range.startContainer, range.startOffset) : 0;
  const end = last === from ? offset(from, range.endContainer, range.endOffset) : text.length;
  const raw = text.slice(start, end);
  const quote = raw.trim();
  if (!quote) return null;
  const begin = start + raw.indexOf(quote);
  return {
    paragraph: Number(from.dataset.paragraph),
    start: letters(text.slice(0, begin)),
    end: letters(text.slice(0, begin + quote.length)),
    quote,
  };
}

function holder(node) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element.closest("[data-paragraph]") || element.querySelector?.("[data-paragraph]") || null;
}

function offset(within, node, at) {
  const range = document.createRange();
  range.selectNodeContents(within);
  if (!within.contains(node)) return within.textContent.length;
  range.setEnd(node, at);
  return range.toString().length;
}

document.addEventListener("selectionchange", () => {
  chosen = selected() || chosen; // moving the focus to a button may clear the selection
});

function pin(question) {
  if (!chosen) {
    say(question, "Select words in the document first, then pin them.", true);
    return;
  }
  question.querySelector("[data-evidence]").append(item(question, chosen));
  chosen = null;
  getSelection().removeAllRanges();
  keep(question);
}

// --- What happens when somebody does something ---

const KEYS = {
  x: (q) => choose(q, "cannot-decide"),
  p: (q) => q.querySelector("[data-pin]") && pin(q),
  c: (q) => q.querySelector("textarea").focus(),
  n: (q) => go(q, 1),
  b: (q) => go(q, -1),
};

function choose(question, value) {
  const radio = question.querySelector(`input[type=radio][value="${value}"]`);
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  keep(question);
}

function go(question, step) {
  const other = questions[questions.indexOf(question) + step];
  if (!other) return;
  const radio = other.querySelector("input[type=radio]:checked") || other.querySelector("input[type=radio]");
  radio.focus();
  other.scrollIntoView({ block: "start" });
}

form.addEventListener("keydown", (event) => {
  const question = event.target.closest("[data-criterion]");
  const typing = event.target.matches("textarea, select, input:not([type=radio])");
  if (!question || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const act = /^[0-3]$/.test(event.key) ? (q) => choose(q, event.key) : KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act(question);
});

form.addEventListener("change", (event) => {
  const question = event.target.closest("[data-criterion]");
  if (question) keep(question);
});

form.addEventListener("input", (event) => {
  const question = event.target.closest("[data-criterion]");
  if (question && event.target.matches("textarea")) keepSoon(question);
});

form.addEventListener("click", (event) => {
  if (event.target.closest("[data-pin]")) pin(event.target.closest("[data-criterion]"));
});

form.addEventListener("submit", async (event) => {
  if (!waiting.size) return;
  // The form alone does not carry quotes that were just pinned: they go first.
  event.preventDefault();
  const button = event.submitter;
  await Promise.all([...waiting.keys()].filter(find).map(send));
  if (!waiting.size) form.requestSubmit(button);
});

function flush() {
  for (const id of waiting.keys()) if (find(id)) send(id);
}

addEventListener("online", flush);
setInterval(flush, RETRY);
addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});

// What waited before a reload is put back into the form and sent.
for (const [id, given] of waiting) {
  const question = find(id);
  if (!question) continue;
  const radio = question.querySelector(`input[type=radio][value="${given.value}"]`);
  if (radio) radio.checked = true;
  question.querySelector(`[name="reason-${id}"]`).value = given.reason;
  question.querySelector(`[name="comment-${id}"]`).value = given.comment;
}
for (const question of questions) {
  for (const line of question.querySelectorAll("[data-place]")) {
    const [paragraph, start, end] = line.dataset.place.split(",").map(Number);
    line.replaceWith(item(question, { paragraph, start, end, quote: line.querySelector("q").textContent }));
  }
}
flush();

// The section that this page asks about stands at the top of the plan.
const first = plan?.querySelector("details[open]");
if (first) plan.scrollTop = first.offsetTop - plan.offsetTop;
