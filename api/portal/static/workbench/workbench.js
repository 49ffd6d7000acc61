/* The comparison workbench: two prints side by side, their minutiae, and the examiner's marks.

   The page holds `<div data-workbench>` with a picture of each print for browsers without script
   and a `<script type="application/json">` in it:
   {probe: {image, enhanced, width, height, minutiae: [[x, y, direction, type, quality], …], label},
    candidate: the same, pairs: [[row of probe, row of candidate, similarity or null], …],
    transform: {dx, dy, rotation} or null, marked: [[x, y, direction, x, y, direction], …],
    texts: {…}}. Lengths are pixels at 500 ppi, y down. */

import { makeBar } from "./bar.js";
import { make, write } from "./dom.js";
import { draw } from "./drawing.js";
import { fillForms } from "./forms.js";
import { makeHelp } from "./help.js";
import { listenToKeys } from "./keys.js";
import { makePairList } from "./pairlist.js";
import { point } from "./pointing.js";
import { Scene } from "./scene.js";
import { makeLegend, makeSettings } from "./settings.js";
import { watchTheme } from "./theme.js";
import { SIDES } from "./views.js";

const SHARPEST = 2; // device pixels for a CSS pixel; more is not seen and takes time

function start(element) {
  const scene = new Scene(JSON.parse(element.querySelector("script[type='application/json']").textContent));
  const { words, data } = scene;
  const canvas = make("canvas", { "aria-hidden": "true" });
  const titles = Object.fromEntries(SIDES.map((side) => [side, make("span", { class: "wb-title" }, data[side].label ?? words.say(side))]));
  const panes = SIDES.map((side) => makePane(scene, side, titles[side]));
  const tip = make("div", { class: "wb-tip", role: "tooltip", hidden: true });
  const said = make("p", { class: "wb-said", role: "status" });
  const help = makeHelp(scene);
  scene.stage = make("div", { class: "wb-stage" }, canvas, ...panes, tip);
  scene.help = () => help.showModal();
  const bar = makeBar(scene);
  const main = make("div", { class: "wb-main" }, scene.stage, said, makeLegend(scene));
  const aside = make("div", { class: "wb-aside" }, makeSettings(scene), makePairList(scene));
  element.replaceChildren(make("div", { class: "wb" }, bar, make("div", { class: "wb-body" }, main, aside)), help);
  Object.assign(scene, { colours: watchTheme(element, scene.stage, () => scene.set({})), font: getComputedStyle(element).fontFamily });
  scene.listen(() => {
    scene.stage.classList.toggle("wb-overlaid", scene.overlay);
    scene.stage.dataset.tool = scene.tool;
    write(said, scene.said ?? "");
    placePanes(scene, panes);
    placeTip(scene, tip);
  });
  watchSize(scene, canvas, panes);
  drawWhenChanged(scene, canvas);
  fillForms(scene, element);
  loadPictures(scene, element);
}

function makePane(scene, side, title) {
  const label = scene.words.say("paneOf", { name: title.textContent });
  const pane = make("div", { class: `wb-pane wb-${side}`, tabindex: 0, role: "application", "aria-label": label }, title);
  const sideOf = () => (scene.overlay ? "candidate" : side);
  point(scene, pane, sideOf);
  listenToKeys(scene, pane, sideOf);
  return pane;
}

/* Where the panes are on the stage; laid over each other both are the whole of it. */
function placePanes(scene, panes) {
  if (scene.overlay === scene.placed) return;
  scene.placed = scene.overlay;
  const stage = scene.stage.getBoundingClientRect();
  SIDES.forEach((side, row) => {
    const box = (scene.overlay ? scene.stage : panes[row]).getBoundingClientRect();
    const [left, top] = [box.left - stage.left, box.top - stage.top];
    const { width, height } = box;
    scene.panes[side] = { left, top, width, height, x: left + width / 2, y: top + height / 2 };
  });
}

function watchSize(scene, canvas, panes) {
  let fitted = false;
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = scene.stage;
    const ratio = Math.min(SHARPEST, devicePixelRatio || 1);
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    scene.size = { width, height, ratio };
    scene.placed = null;
    placePanes(scene, panes);
    if (fitted) scene.set({});
    else scene.fit();
    fitted = true;
  }).observe(scene.stage);
}

function drawWhenChanged(scene, canvas) {
  const pen = canvas.getContext("2d", { alpha: false });
  let asked = false;
  scene.listen(() => {
    if (asked || !scene.size.width) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw(pen, scene);
    });
  });
}

async function loadPictures(scene, element) {
  const loaded = await Promise.allSettled(SIDES.map((side) => scene.pictures[side].plain.load()));
  if (loaded.some((one) => one.status === "rejected")) scene.tell("noPicture");
  else scene.set({});
  requestAnimationFrame(() => (element.dataset.ready = performance.now()));
  element.dispatchEvent(new CustomEvent("workbench:ready", { bubbles: true, detail: scene }));
}

function placeTip(scene, tip) {
  tip.hidden = !scene.lit || !scene.visible.includes(scene.lit.side) || !scene.panes.probe;
  if (tip.hidden) return;
  const [x, y] = scene.placeOf(scene.lit.side, scene.lit.id);
  const pane = scene.panes[scene.lit.side];
  write(tip, scene.describe(scene.lit));
  const left = Math.min(Math.max(8, x - tip.offsetWidth / 2), scene.size.width - tip.offsetWidth - 8);
  const above = y - pane.top > tip.offsetHeight + 34;
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(above ? y - tip.offsetHeight - 26 : y + 26)}px)`;
}

for (const element of document.querySelectorAll("[data-workbench]")) start(element);
