// Answers while one types. Without it, the button does the same.
const form = document.querySelector("form[data-wording]");
const answer = document.getElementById("answer");
let waiting;
let turn = 0;

async function ask() {
  const mine = ++turn;
  try {
    const got = await fetch(form.dataset.wording, { method: "POST", body: new FormData(form) });
    if (mine === turn && got.ok) answer.innerHTML = got.status === 204 ? "" : await got.text();
  } catch {
    // The button still works; silence is kinder than an error at every letter.
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 350);
}

form.addEventListener("input", soon);
