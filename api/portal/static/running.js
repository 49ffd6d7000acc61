// Follows a search that runs; without script the page loads itself again.

const list = document.getElementById("stages");

async function follow() {
  const answer = await fetch(list.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return location.reload();
  const { state, over, current } = await answer.json();
  if (state !== "queued" && state !== "running") return location.reload();
  for (const item of list.children) {
    const stage = item.dataset.stage;
    item.className = stage === current ? "now" : over.includes(stage) ? "over" : "";
  }
  return setTimeout(follow, 300);
}

follow();
