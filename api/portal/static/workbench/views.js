/* How the two prints are looked at: each has a view, and locked views move together. */

import { carry, corners, inverse, middle, toPrint } from "./geometry.js";

const LEAST = 0.3;
const MOST = 24;
const RIM = 12; // CSS pixels that are left free around a print that is fitted in

export const SIDES = ["probe", "candidate"];
export const twinOf = (side) => (side === "probe" ? "candidate" : "probe");

export class Views {
  /* `prints` have width and height; `motion` lays the probe on the candidate, null if unknown. */
  constructor(prints, motion) {
    this.prints = prints;
    this.motion = motion;
    this.locked = true;
    this.aligned = motion !== null;
    this.probe = { x: 0, y: 0, zoom: 1, angle: 0 };
    this.candidate = { x: 0, y: 0, zoom: 1, angle: 0 };
  }

  pan(side, dx, dy) {
    this._each(side, (view) => {
      const [x, y] = toPrint(view, { x: 0, y: 0 }, -dx, -dy);
      Object.assign(view, { x, y });
    });
  }

  /* Enlarge and turn about a place of the pane, given from its middle. */
  zoom(side, factor, left = 0, top = 0, turn = 0) {
    this._each(side, (view) => {
      const [x, y] = toPrint(view, { x: 0, y: 0 }, left, top);
      view.zoom = Math.min(MOST, Math.max(LEAST, view.zoom * factor));
      view.angle += turn;
      const [nowX, nowY] = toPrint(view, { x: 0, y: 0 }, left, top);
      view.x += x - nowX;
      view.y += y - nowY;
    });
  }

  turn(side, by, left = 0, top = 0) {
    this.zoom(side, 1, left, top, by);
  }

  /* Lay the other print as this one lies, by the motion between the two. */
  align(side = "candidate") {
    if (!this.motion) return;
    const [view, twin] = [this[side], this[twinOf(side)]];
    const motion = side === "probe" ? this.motion : inverse(this.motion);
    const [x, y] = carry(motion, view.x, view.y);
    Object.assign(twin, { x, y, zoom: view.zoom, angle: view.angle - motion.rotation });
    this.aligned = true;
    this.locked = true;
  }

  lock(side, on) {
    this.locked = on;
    if (on) this[twinOf(side)].zoom = this[side].zoom;
  }

  /* Both prints whole and upright, the probe as it lies on the candidate if they are aligned. */
  fit(panes, overlaid) {
    const { probe, candidate } = this.prints;
    const lay = (points) => points.map(([x, y]) => carry(this.motion, x, y));
    const together = this.aligned || overlaid ? [...lay(corners(probe)), ...corners(candidate)] : null;
    const boxes = (together ? [together] : [corners(probe), corners(candidate)]).map(boxOf);
    const zoom = Math.min(...SIDES.map((side) => Math.min(...boxes.map((box) => fill(box, panes[side])))));
    SIDES.forEach((side, row) => {
      const [x, y] = (boxes[row] ?? boxes[0]).middle;
      Object.assign(this[side], { x, y, zoom: Math.min(MOST, Math.max(LEAST, zoom)), angle: 0 });
    });
    if (together) this.align();
  }

  /* Show a point of each print in the middle. */
  centre(places) {
    for (const side of SIDES) if (places[side]) [this[side].x, this[side].y] = places[side];
    if (this.aligned && places.candidate) this.align();
  }

  _each(side, change) {
    change(this[side]);
    if (this.locked) change(this[twinOf(side)]);
    else this.aligned = false;
  }
}

function boxOf(points) {
  const [xs, ys] = [points.map((one) => one[0]), points.map((one) => one[1])];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { width: right - left, height: bottom - top, middle: middle([[left, top], [right, bottom]]) };
}

const fill = (box, pane) =>
  Math.min((pane.width - 2 * RIM) / box.width, (pane.height - 2 * RIM) / box.height);
