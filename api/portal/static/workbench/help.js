/* The dialog with all keys. */

import { ACTIONS } from "./actions.js";
import { make } from "./dom.js";

export function makeHelp({ words }) {
  const keys = Object.entries(ACTIONS).filter(([, action]) => action.key);
  const rows = keys.map(([name, { key }]) => [key, words.say(name)]);
  const more = ["arrows", "shiftArrows", "enter", "escape", "wheel", "shiftDrag", "fingers"].map((name) => [words.say(`${name}Key`), words.say(`${name}Does`)]);
  const list = make("dl", { class: "wb-keys" }, ...[...rows, ...more].map(([key, does]) => make("div", {}, make("dt", {}, make("kbd", { dir: "auto" }, key)), make("dd", {}, does))));
  const close = make("button", { type: "submit", class: "wb-button" }, words.say("close"));
  return make(
    "dialog", { class: "wb-help", "aria-label": words.say("help") },
    make("h2", {}, words.say("help")), make("p", {}, words.say("helpHint")), list, make("form", { method: "dialog" }, close),
  );
}
