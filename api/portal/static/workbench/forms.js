/* The page's own forms are filled with what the examiner has marked: they work without this too.

   `data-workbench-verdict` gets the marked pairs into its field `pairs`; in it,
   `data-workbench-fallback` is for browsers without script, and `data-workbench-count` is told how
   many there are. `data-workbench-search` gets the probe's minutiae into its field `minutiae`. */

import { write } from "./dom.js";

const round = (value, digits) => Number(value.toFixed(digits));
const place = ({ x, y, direction }) => [round(x, 2), round(y, 2), round(direction, 4)];

export const pairsOf = ({ marks }) =>
  marks.marked.map((pair) => [...place(marks.find("probe", pair.probe)), ...place(marks.find("candidate", pair.candidate))]);

export const minutiaeOf = ({ marks }) =>
  marks.now.probe.map((one) => [...place(one), one.type, one.quality]);

export function fillForms(scene, element) {
  const forms = (name) => [...document.querySelectorAll(`form[data-workbench-${name}]`)];
  for (const one of document.querySelectorAll("[data-workbench-fallback]")) one.remove();
  for (const one of forms("search")) one.hidden = false;
  scene.marks.listen(fill);
  fill();

  function fill() {
    const pairs = pairsOf(scene);
    for (const form of forms("verdict")) form.elements.pairs.value = JSON.stringify(pairs);
    for (const form of forms("search")) form.elements.minutiae.value = JSON.stringify(minutiaeOf(scene));
    for (const one of document.querySelectorAll("[data-workbench-count]")) write(one, scene.words.say("markedCount", { n: pairs.length }));
    element.dispatchEvent(new CustomEvent("workbench:change", { bubbles: true, detail: { pairs } }));
  }
}
