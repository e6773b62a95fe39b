// Tells how far a check is and goes on when it is done. Without it, the page refreshes itself.
const progress = document.getElementById("progress");

async function look() {
  try {
    const answer = await fetch(progress.dataset.state, { cache: "no-store" });
    if (answer.status === 404) return location.reload();
    const now = await answer.json();
    if (now.finished) return location.reload();
    progress.textContent = `${now.done} of ${now.of} done${now.said ? `: ${now.said}` : ""}.`;
  } catch {
    progress.textContent = "The connection was lost; trying again.";
  }
  setTimeout(look, 1000);
  return undefined;
}

setTimeout(look, 400);
