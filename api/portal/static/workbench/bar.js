/* The bar of buttons: one stop of the Tab key, the arrow keys go from button to button. */

import { ACTIONS, act } from "./actions.js";
import { drawn, make } from "./dom.js";
import { ICONS } from "./icons.js";

const GROUPS = [
  ["tools", ["look", "pair", "add", "edit", "measure"], true],
  ["changes", ["undo", "redo", "remove"]],
  ["view", ["fit", "actual", "zoomIn", "zoomOut", "turnLeft", "turnRight"]],
  ["comparison", ["align", "lock", "overlay", "blink"], true],
  ["picture", ["enhanced", "invert", "lines"], true],
  ["more", ["help"]],
];

export function makeBar(scene) {
  const { words } = scene;
  const buttons = new Map();
  const groups = GROUPS.map(([name, actions, labelled]) => {
    const made = actions.map((action) => button(scene, action, labelled));
    made.forEach((one, row) => buttons.set(actions[row], one));
    return make("div", { role: "group", class: "wb-group", "aria-label": words.say(name) }, ...made);
  });
  const bar = make("div", { class: "wb-bar", role: "toolbar", "aria-label": words.say("bar") }, ...groups);
  const all = [...buttons.values()];
  rove(bar, all);
  scene.listen(() => {
    for (const [name, one] of buttons) show(one, ACTIONS[name], scene);
  });
  return bar;
}

function button(scene, name, labelled) {
  const { key, on } = ACTIONS[name];
  const label = scene.words.say(name);
  return make(
    "button",
    {
      type: "button",
      class: "wb-button",
      title: `${label} (${key})`,
      "aria-label": label,
      "aria-keyshortcuts": key === "+" ? "Plus" : key,
      "aria-pressed": on ? "false" : null,
      click: (event) => event.currentTarget.getAttribute("aria-disabled") !== "true" && act(name, scene),
    },
    drawn(ICONS[name]),
    labelled ? make("span", { "aria-hidden": "true" }, label) : null,
  );
}

/* What cannot be done now stays reachable, so that the focus is never lost. */
function show(button, { on, can }, scene) {
  if (on) button.setAttribute("aria-pressed", on(scene));
  if (can) button.setAttribute("aria-disabled", !can(scene));
}

function rove(bar, buttons) {
  const stop = (chosen) => buttons.forEach((one) => (one.tabIndex = one === chosen ? 0 : -1));
  stop(buttons[0]);
  bar.addEventListener("focusin", (event) => buttons.includes(event.target) && stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const at = buttons.indexOf(document.activeElement);
    const next = { [forward]: at + 1, [back]: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    buttons[(next + buttons.length) % buttons.length].focus();
  });
}
