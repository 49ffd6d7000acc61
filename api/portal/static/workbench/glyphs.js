/* How a minutia is drawn: a ring is a ridge ending, a square a bifurcation, a diamond of unknown
   type; the tick is its direction, longer for a better one. Dashed is of low quality, doubled is
   the examiner's own, with a white middle is paired, filled is marked. */

const LOW = 40; // quality below which an outline is dashed
const [ENDING, BIFURCATION] = [1, 2];

export const radiusAt = (zoom) => Math.min(9, Math.max(4.5, 3 + zoom));

/* `looks` has colour, halo, size, angle on the stage, and whether it is paired, marked or lit. */
export function drawMark(pen, mark, [x, y], looks) {
  const reach = looks.size * (mark.own ? 2.6 : 2 + mark.quality / 80);
  const outline = new Path2D();
  shape(outline, mark.type, x, y, looks.size);
  if (mark.own) shape(outline, mark.type, x, y, looks.size + 3);
  const tick = new Path2D();
  const [cos, sin] = [Math.cos(looks.angle), Math.sin(looks.angle)];
  const start = looks.size + (mark.own ? 3 : 0);
  tick.moveTo(x + cos * start, y + sin * start);
  tick.lineTo(x + cos * (reach + start - looks.size), y + sin * (reach + start - looks.size));
  const width = looks.lit ? 3 : looks.paired ? 2 : 1.5;
  stroke(pen, [outline, tick], looks.halo, width + 2.5);
  if (looks.marked) fill(pen, outlineOf(mark.type, x, y, looks.size), looks.colour);
  stroke(pen, [tick], looks.colour, width);
  if (!mark.own && mark.quality && mark.quality < LOW) pen.setLineDash([2.5, 2]);
  stroke(pen, [outline], looks.colour, width);
  pen.setLineDash([]);
  if (looks.paired) fill(pen, outlineOf(ENDING, x, y, looks.size * 0.32), looks.halo);
}

function outlineOf(type, x, y, size) {
  const path = new Path2D();
  shape(path, type, x, y, size);
  return path;
}

function shape(path, type, x, y, size) {
  if (type === ENDING) {
    path.moveTo(x + size, y);
    path.arc(x, y, size, 0, 2 * Math.PI);
  } else if (type === BIFURCATION) {
    const half = size * 0.9;
    path.rect(x - half, y - half, 2 * half, 2 * half);
  } else {
    const half = size * 1.2;
    path.moveTo(x, y - half);
    for (const [dx, dy] of [[half, 0], [0, half], [-half, 0]]) path.lineTo(x + dx, y + dy);
    path.closePath();
  }
}

function stroke(pen, paths, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  for (const path of paths) pen.stroke(path);
}

function fill(pen, path, colour) {
  pen.fillStyle = colour;
  pen.fill(path);
}

/* Text that can be read on any ground. */
export function drawText(pen, text, x, y, colour, halo) {
  pen.lineWidth = 3.5;
  pen.lineJoin = "round";
  pen.strokeStyle = halo;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
