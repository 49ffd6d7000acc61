/* The pairs as a table, in step with the canvas; its boxes mark what the verdict rests on. */

import { make, write } from "./dom.js";
import { distance } from "./words.js";

export function makePairList(scene) {
  const { words, marks } = scene;
  const rows = new Map(); // by number of the pair
  const body = make("tbody", { mouseleave: () => scene.lightPair(null) });
  const alike = marks.now.pairs.some((pair) => pair.similarity !== null);
  const heads = ["number", alike ? "similarity" : "apart", "quality", "marked"];
  const table = make(
    "table", { class: "wb-pairs" },
    make("caption", { class: "wb-hidden" }, words.say("pairs")),
    make("thead", {}, make("tr", {}, ...heads.map((name) => make("th", { scope: "col" }, words.say(name))))),
    body,
  );
  const count = make("p", { class: "wb-count" });
  const link = (name, click) => make("button", { type: "button", class: "wb-link", click }, words.say(name));
  const all = link("markAll", () => scene.setMarked(numbers(marks), true));
  const none = link("markNone", () => scene.setMarked(numbers(marks), false));
  const lay = link("alignByMarks", () => scene.alignByMarks());

  function update() {
    const { pairs } = marks.now;
    for (const [number, row] of rows) if (!marks.pairNumbered(number)) drop(rows, number, row, table);
    pairs.forEach((pair, place) => {
      if (!rows.has(pair.number)) rows.set(pair.number, makeRow(scene, pair, alike));
      const row = rows.get(pair.number);
      if (body.children[place] !== row.element) body.insertBefore(row.element, body.children[place] ?? null);
      row.show(pair);
    });
    const marked = marks.marked.length;
    write(count, words.say("markedCount", { n: marked }));
    lay.disabled = marked < 2;
    none.disabled = marked === 0;
    all.disabled = marked === pairs.length;
  }
  scene.listen(update);
  const tools = make("div", { class: "wb-links" }, all, none, lay);
  const scroll = make("div", { class: "wb-scroll", tabindex: 0, role: "region", "aria-label": words.say("pairs") }, table);
  return make("section", { class: "wb-list" }, make("h2", {}, words.say("pairs")), count, tools, scroll);
}

const numbers = (marks) => marks.now.pairs.map((pair) => pair.number);

function makeRow(scene, { number }, alike) {
  const { words, marks } = scene;
  const pair = () => marks.pairNumbered(number);
  const name = make("button", { type: "button", class: "wb-link", "aria-label": words.say("pairFound", { n: number }), click: () => scene.showPair(pair()) }, words.number(number));
  const box = make("input", { type: "checkbox", "aria-label": words.say("markPair", { n: number }), change: () => scene.setMarked([number], box.checked) });
  const [near, quality] = [make("td"), make("td")];
  const light = () => scene.lightPair(pair(), "hover");
  const element = make(
    "tr", { mouseenter: light, focusin: light },
    make("th", { scope: "row" }, name), near, quality, make("td", {}, box),
  );
  const show = (now) => {
    const [probe, candidate] = [marks.find("probe", now.probe), marks.find("candidate", now.candidate)];
    const apart = alike ? now.similarity : distance(now, marks, scene.views.motion);
    write(near, apart === null ? "–" : words.number(apart, 2));
    write(quality, [probe, candidate].map((one) => (one.quality ? words.number(one.quality) : "–")).join(" / "));
    box.checked = now.marked;
    element.classList.toggle("wb-lit", scene.isLit(now));
  };
  return { element, show };
}

/* A row that goes while it has the focus leaves it to the list. */
function drop(rows, number, { element }, table) {
  const focused = element.contains(document.activeElement);
  element.remove();
  rows.delete(number);
  if (focused) table.parentElement.focus();
}
