/* The keyboard in a pane. Single letters work here alone, so they are no trap elsewhere. */

import { ACTIONS, act } from "./actions.js";

const PAN = 40;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NAMES = new Map(Object.entries(ACTIONS).map(([name, action]) => [action.key, name]));
const LIKE = { "=": "+", _: "-", Backspace: "Delete" };

export function listenToKeys(scene, element, sideOf) {
  element.addEventListener("keydown", (event) => {
    if (press(scene, sideOf(), event)) event.preventDefault();
  });
  element.addEventListener("focus", () => {
    scene.side = sideOf();
    scene.set({ keyed: element.matches(":focus-visible") ? sideOf() : null });
  });
  element.addEventListener("blur", () => scene.set({ keyed: null }));
}

/* Does what a key stands for; false if it stands for nothing. */
function press(scene, side, event) {
  const { key } = event;
  if (event.ctrlKey || event.metaKey) {
    const name = key.toLowerCase() === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : null;
    if (name) act(name, scene);
    return name !== null;
  }
  if (event.altKey) return false;
  if (ARROWS[key]) return arrow(scene, side, ARROWS[key], event.shiftKey);
  if (key === "Enter" || key === " ") return scene.enter(side);
  if (key === "Escape") return scene.escape();
  if ("[]".includes(key) && scene.editable) return scene.nudge(0, 0, key === "[" ? 1 : -1);
  const name = NAMES.get(LIKE[key] ?? key) ?? NAMES.get(key.toLowerCase());
  if (name) act(name, scene, side);
  return name !== undefined;
}

/* Moves the lit minutia if minutiae are being changed, else the view. */
function arrow(scene, side, [dx, dy], fast) {
  if (scene.editable) return scene.nudge(dx * (fast ? 5 : 1), dy * (fast ? 5 : 1), 0);
  const step = PAN * (fast ? 4 : 1);
  scene.pan(side, -dx * step, -dy * step);
  return true;
}
