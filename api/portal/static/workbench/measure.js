/* How far two points of a print are apart, and how many ridges lie between them.

   Ridges are counted in the enhanced picture, where they are dark without grain. A ridge that an
   end of the line lies on is not between the ends. Outside of the print nothing is counted. */

import { PER_MM } from "./geometry.js";

const STEP = 0.5; // pixels; ridges are five to sixteen apart
const DARK = 104; // below: on a ridge; above LIGHT: in a valley; between the two nothing changes
const LIGHT = 150;
const BLANK = 255;

export const millimetres = ({ from, to }) => Math.hypot(to[0] - from[0], to[1] - from[1]) / PER_MM;

/* Ridges between the ends, or null where the line leaves the print. */
export function ridgesBetween({ from, to }, pixels) {
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / STEP);
  const runs = [];
  for (let step = 0; step <= steps; step++) {
    const share = steps ? step / steps : 0;
    const grey = greyAt(pixels, from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share);
    if (grey === null) return null;
    const before = runs.at(-1);
    const kind = grey < DARK ? "ridge" : grey > LIGHT ? "valley" : before;
    if (kind !== undefined && kind !== before) runs.push(kind);
  }
  return runs.slice(1, -1).filter((kind) => kind === "ridge").length;
}

function greyAt({ width, height, data }, x, y) {
  const [column, row] = [Math.round(x), Math.round(y)];
  if (column < 0 || row < 0 || column >= width || row >= height) return null;
  const grey = data[4 * (row * width + column)];
  return grey === BLANK ? null : grey;
}
