// Keeps an open page's figures up to date. A stream says only that there is news; the page is then
// asked for again, and its [data-live-part] elements take the place of the old ones, by id. Where
// no stream can be had, the page asks now and then. Without this file there is “Look again”.
const box = document.querySelector("[data-live]");
const POLL = 15000; // doubled after each failure
const SLOWEST = 300000;
const POLLS = 4; // before a stream is tried again
const SAY = 60000; // between two announcements
const BY_ITSELF = { headers: { "X-Goldthread-By-Itself": "1" }, redirect: "manual", cache: "no-store" };

let number = Number(box.dataset.liveNumber);
let source = null;
let timer = 0;
let wait = POLL;
let polls = 0;
let fetching = false;
let wanted = number; // the newest number heard of
let said = 0; // when the last announcement was made
let saying = 0;

function stop() {
  if (source) source.close();
  source = null;
  clearTimeout(timer);
}

function follow() {
  stop();
  if (document.hidden) return;
  if (!window.EventSource) {
    poll();
    return;
  }
  source = new EventSource(box.dataset.live);
  source.onmessage = (event) => {
    wait = POLL;
    heard(JSON.parse(event.data));
  };
  source.onerror = () => {
    // Otherwise the browser itself opens the next stream.
    if (source && source.readyState === 2) {
      source = null;
      polls = 0;
      later(wait);
    }
  };
}

function later(pause) {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(poll, pause);
}

async function poll() {
  try {
    const answer = await fetch(`${box.dataset.live}now/`, BY_ITSELF);
    if (away(answer)) return;
    if (!answer.ok) throw new Error(answer.status);
    heard(await answer.json());
    wait = POLL;
    polls += 1;
  } catch {
    wait = Math.min(2 * wait, SLOWEST);
  }
  if (polls >= POLLS && window.EventSource) follow();
  else later(wait);
}

// Signed out, or no longer allowed: nothing more is asked for, and the page says so.
function away(answer) {
  const gone = answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status);
  if (gone) {
    stop();
    box.removeAttribute("data-live-following");
    say("These figures are no longer kept up to date. Look again to sign in.");
  }
  return gone;
}

function heard(beat) {
  box.setAttribute("data-live-following", "");
  if (beat.number === number) return;
  wanted = beat.number;
  refresh();
}

async function refresh() {
  if (fetching) return; // asked for again below when there is more news by then
  fetching = true;
  let failed = false;
  try {
    const answer = await fetch(location.href, BY_ITSELF);
    failed = away(answer) || !answer.ok || !show(await answer.text());
  } catch {
    failed = true; // the next news, or the next poll, asks again
  }
  fetching = false;
  if (!failed && number < wanted) refresh();
}

function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const theirs = fresh.querySelector("[data-live]");
  if (!theirs) return false;
  number = Number(theirs.dataset.liveNumber);
  const parts = [...fresh.querySelectorAll("[data-live-part]")];
  const ids = new Set(parts.map((part) => part.id));
  let before = null;
  for (const part of parts) {
    const old = document.getElementById(part.id);
    if (old) put(old, part);
    else if (before) before.after(part);
    before = document.getElementById(part.id) || before;
  }
  for (const old of document.querySelectorAll("[data-live-part]")) if (!ids.has(old.id)) old.remove();
  announce();
  return true;
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

function nameOf(details) {
  const summary = details.querySelector("summary");
  return details.id || (summary ? summary.textContent.trim() : "");
}

function put(old, part) {
  const open = new Set([...old.querySelectorAll("details[open]")].map(nameOf));
  for (const details of part.querySelectorAll("details")) details.open = open.has(nameOf(details));
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const place = held ? [...old.querySelectorAll(FOCUSABLE)].indexOf(held) : -1;
  old.replaceWith(part);
  if (!held) return;
  const same = (held.id && document.getElementById(held.id)) || part.querySelectorAll(FOCUSABLE)[place];
  const next = same && same.tagName === held.tagName ? same : part;
  if (next === part) part.tabIndex = -1;
  next.focus({ preventScroll: true });
}

function announce() {
  clearTimeout(saying);
  const left = Math.max(0, said + SAY - Date.now());
  saying = setTimeout(() => {
    said = Date.now();
    say(`The figures have changed; as at ${box.querySelector("[data-live-at]").textContent}.`);
  }, left);
}

function say(words) {
  box.querySelector("[data-live-said]").textContent = words;
}

document.addEventListener("visibilitychange", () => (document.hidden ? stop() : follow()));
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", (event) => event.persisted && follow());
follow();
