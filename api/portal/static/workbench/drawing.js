/* One frame: the prints, the lines between pairs, the minutiae, the measured line, the rulers. */

import { PER_MM, toStage } from "./geometry.js";
import { drawMark, drawText, radiusAt } from "./glyphs.js";
import { SIDES } from "./views.js";

const INKS = { probe: [200, 30, 45], candidate: [0, 95, 160] }; // of an overlay in two colours
const RULES = [0.2, 0.5, 1, 2, 5, 10, 20]; // millimetres
const NUMBERED = 1.1; // zoom from which numbers do not cover the ridges

export function draw(pen, scene) {
  const { width, height, ratio } = scene.size;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = scene.colours.stage;
  pen.fillRect(0, 0, width, height);
  pen.lineCap = "round";
  pen.font = `600 12px ${scene.font}`;
  if (scene.overlay) drawOverlay(pen, scene);
  else for (const side of SIDES) inPane(pen, scene.panes[side], () => drawPrint(pen, scene, side));
  drawLines(pen, scene);
  for (const side of scene.visible) {
    inPane(pen, scene.panes[side], () => {
      drawMarks(pen, scene, side);
      drawMeasure(pen, scene, side);
      drawCross(pen, scene, side);
      drawRuler(pen, scene, side);
    });
  }
}

function inPane(pen, pane, paint) {
  pen.save();
  pen.beginPath();
  pen.rect(pane.left, pane.top, pane.width, pane.height);
  pen.clip();
  paint();
  pen.restore();
}

function drawOverlay(pen, scene) {
  const { blink, opacity, tint } = scene;
  inPane(pen, scene.panes.candidate, () => {
    const inks = tint && !blink ? INKS : {};
    if (blink !== "probe") drawPrint(pen, scene, "candidate", inks.candidate);
    if (blink === "candidate") return;
    pen.globalAlpha = blink ? 1 : opacity / 100;
    pen.globalCompositeOperation = tint && !blink ? "multiply" : "source-over";
    drawPrint(pen, scene, "probe", inks.probe);
  });
}

function drawPrint(pen, scene, side, ink) {
  const [view, pane, print] = [scene.views[side], scene.panes[side], scene.data[side]];
  const [left, top] = toStage(view, pane, -0.5, -0.5); // a pixel's place is its middle
  pen.save();
  pen.translate(left, top);
  pen.rotate(view.angle);
  pen.scale(view.zoom, view.zoom);
  pen.imageSmoothingQuality = scene.moving ? "low" : "high";
  const picture = scene.picture(side);
  if (picture.ready) pen.drawImage(picture.toned(scene.tone, ink), 0, 0);
  pen.lineWidth = 1 / view.zoom;
  pen.strokeStyle = scene.colours.edge;
  pen.strokeRect(0, 0, print.width, print.height);
  pen.restore();
}

function drawLines(pen, scene) {
  if (scene.blink || scene.show === "none") return;
  for (const pair of scene.marks.now.pairs) {
    const lit = scene.isLit(pair);
    if (!lit && !scene.lines) continue;
    const [from, to] = SIDES.map((side) => scene.placeOf(side, pair[side]));
    if (!SIDES.every((side, row) => lit || isIn(scene.panes[side], [from, to][row]))) continue;
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.globalAlpha = lit ? 1 : 0.5;
    pen.setLineDash(pair.marked || scene.moving ? [] : [6, 5]);
    if (lit) strokeIn(pen, scene.colours.halo, 5);
    strokeIn(pen, lit ? scene.colours.focus : colourOf(scene, pair), lit ? 2.5 : 1.5);
  }
  pen.globalAlpha = 1;
  pen.setLineDash([]);
}

function strokeIn(pen, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

const colourOf = ({ colours }, pair) => (pair ? (pair.marked ? colours.marked : colours.found) : colours.free);

const isIn = (pane, [x, y]) =>
  x >= pane.left && x <= pane.left + pane.width && y >= pane.top && y <= pane.top + pane.height;

function drawMarks(pen, scene, side) {
  const [view, { colours }] = [scene.views[side], scene];
  const pairs = new Map(scene.marks.now.pairs.map((pair) => [pair[side], pair]));
  for (const mark of scene.marks.now[side]) {
    const pair = pairs.get(mark.id);
    const lit = scene.isLit(pair) || scene.lit?.id === mark.id || scene.chosen?.id === mark.id;
    if (!lit && (scene.show === "none" || (scene.show === "paired" && !pair))) continue;
    const place = scene.placeOf(side, mark.id);
    const colour = lit ? colours.focus : colourOf(scene, pair);
    const size = radiusAt(view.zoom) + (lit ? 2 : 0);
    const angle = view.angle - mark.direction;
    drawMark(pen, mark, place, { colour, halo: colours.halo, size, angle, lit, paired: Boolean(pair), marked: Boolean(pair?.marked) });
    const named = !scene.overlay || side === "candidate" || scene.blink; // both lie on one place
    if (pair && named && (lit || view.zoom >= NUMBERED)) {
      const away = size + 5; // behind the tick, where nothing else of the minutia is
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      const at = [place[0] - Math.cos(angle) * (away + 4), place[1] - Math.sin(angle) * (away + 2)];
      drawText(pen, scene.words.number(pair.number), ...at, colour, colours.halo);
    }
  }
}

function drawMeasure(pen, scene, side) {
  const line = scene.measured;
  if (line?.side !== side) return;
  const [from, to] = [line.from, line.to].map((place) => toStage(scene.views[side], scene.panes[side], ...place));
  const across = Math.atan2(to[1] - from[1], to[0] - from[0]) + Math.PI / 2;
  const [dx, dy] = [6 * Math.cos(across), 6 * Math.sin(across)];
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  for (const [x, y] of [from, to]) {
    pen.moveTo(x - dx, y - dy);
    pen.lineTo(x + dx, y + dy);
  }
  strokeIn(pen, scene.colours.halo, 5);
  strokeIn(pen, scene.colours.rule, 2);
  pen.textAlign = "center";
  pen.textBaseline = "bottom";
  drawText(pen, line.text, (from[0] + to[0]) / 2, Math.min(from[1], to[1]) - 8, scene.colours.rule, scene.colours.halo);
}

/* The middle of the pane, where the Enter key adds or measures. */
function drawCross(pen, scene, side) {
  if (scene.keyed !== side || !["add", "measure"].includes(scene.tool)) return;
  const { x, y } = scene.panes[side];
  pen.beginPath();
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    pen.moveTo(x + 4 * dx, y + 4 * dy);
    pen.lineTo(x + 14 * dx, y + 14 * dy);
  }
  strokeIn(pen, scene.colours.halo, 4.5);
  strokeIn(pen, scene.colours.focus, 2);
}

function drawRuler(pen, scene, side) {
  const [pane, zoom] = [scene.panes[side], scene.views[side].zoom];
  const length = RULES.find((one) => one * PER_MM * zoom >= 48) ?? RULES.at(-1);
  const [left, top, width] = [pane.left + 14, pane.top + pane.height - 14, length * PER_MM * zoom];
  pen.beginPath();
  pen.moveTo(left, top - 5);
  pen.lineTo(left, top);
  pen.lineTo(left + width, top);
  pen.lineTo(left + width, top - 5);
  strokeIn(pen, scene.colours.halo, 4.5);
  strokeIn(pen, scene.colours.rule, 2);
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  const digits = length < 1 ? 1 : 0;
  const text = scene.words.say("millimetres", { n: scene.words.number(length, digits) });
  drawText(pen, text, left + 2, top - 6, scene.colours.rule, scene.colours.halo);
}
