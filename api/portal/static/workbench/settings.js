/* How the prints are shown: tone, what of the minutiae, and the opacity of an overlay. */

import { act } from "./actions.js";
import { drawn, make } from "./dom.js";
import { ICONS } from "./icons.js";

const TYPES = ["ending", "bifurcation", "other"];

export function makeSettings(scene) {
  const { words } = scene;
  const slider = (name, least, value, change) =>
    make("input", { type: "range", min: least, max: 100, value, "aria-label": words.say(name), input: ({ target }) => change(Number(target.value)) });
  const brightness = slider("brightness", -100, 0, (value) => scene.setTone({ brightness: value }));
  const contrast = slider("contrast", -100, 0, (value) => scene.setTone({ contrast: value }));
  const opacity = slider("opacity", 0, scene.opacity, (value) => scene.set({ opacity: value }));
  const tint = make("input", { type: "checkbox", change: () => act("tint", scene) });
  const show = choice(words, "marks", ["all", "paired", "none"], (value) => scene.set({ show: value }));
  const type = choice(words, "type", TYPES, (value) => scene.setType(TYPES.indexOf(value) + 1 === 3 ? 0 : TYPES.indexOf(value) + 1));
  const overlay = [row(words, "opacity", opacity), row(words, "tint", tint)];
  const plain = make("button", { type: "button", class: "wb-link", click: () => act("plain", scene) }, words.say("plain"));
  const kind = row(words, "type", type);
  scene.listen(() => {
    brightness.value = scene.tone.brightness;
    contrast.value = scene.tone.contrast;
    tint.checked = scene.tint;
    for (const one of overlay) one.hidden = !scene.overlay;
    kind.hidden = scene.tool !== "add" && scene.tool !== "edit";
    const lit = scene.editable ? scene.marks.find(scene.lit.side, scene.lit.id).type : scene.newType;
    type.value = TYPES[lit ? lit - 1 : 2];
  });
  return make(
    "div", { class: "wb-settings", role: "group", "aria-label": words.say("display") },
    kind, ...overlay, row(words, "brightness", brightness), row(words, "contrast", contrast), plain, row(words, "marks", show),
  );
}

const row = (words, name, control) =>
  make("label", { class: "wb-row" }, make("span", {}, words.say(name)), control);

function choice(words, name, values, change) {
  const options = values.map((value) => make("option", { value }, words.say(value)));
  return make("select", { "aria-label": words.say(name), change: ({ target }) => change(target.value) }, ...options);
}

/* What the shapes mean. */
export function makeLegend({ words }) {
  const types = TYPES.map((name) => make("li", {}, drawn(ICONS[name]), words.say(name)));
  const looks = ["free", "found", "marked"].map((name) => make("li", {}, make("i", { class: `wb-dot wb-dot-${name}` }), words.say(`${name}Legend`)));
  return make("ul", { class: "wb-legend", "aria-label": words.say("legend") }, ...types, ...looks, make("li", {}, words.say("dashedLegend")));
}
