/* Where things are: prints in pixels at 500 ppi with y down, the stage in CSS pixels.

   A view shows one point (x, y) of its print at the middle of its pane, enlarged by `zoom` and
   turned clockwise by `angle`. Directions of minutiae are radians counter-clockwise as seen. */

export const PER_MM = 500 / 25.4;

export function toStage(view, pane, x, y) {
  const cos = Math.cos(view.angle) * view.zoom;
  const sin = Math.sin(view.angle) * view.zoom;
  const dx = x - view.x;
  const dy = y - view.y;
  return [pane.x + cos * dx - sin * dy, pane.y + sin * dx + cos * dy];
}

export function toPrint(view, pane, left, top) {
  const cos = Math.cos(view.angle) / view.zoom;
  const sin = Math.sin(view.angle) / view.zoom;
  const dx = left - pane.x;
  const dy = top - pane.y;
  return [view.x + cos * dx + sin * dy, view.y - sin * dx + cos * dy];
}

/* A motion as the engine gives it: turned clockwise by `rotation`, then moved. */
export function carry(motion, x, y) {
  const cos = Math.cos(motion.rotation);
  const sin = Math.sin(motion.rotation);
  return [cos * x - sin * y + motion.dx, sin * x + cos * y + motion.dy];
}

export function inverse(motion) {
  const back = { rotation: -motion.rotation, dx: 0, dy: 0 };
  const [x, y] = carry(back, motion.dx, motion.dy);
  return { ...back, dx: -x, dy: -y };
}

/* The motion that lays points on others best (least squares); null for fewer than two. */
export function fitMotion(from, onto) {
  if (from.length < 2) return null;
  const a = middle(from);
  const b = middle(onto);
  let along = 0;
  let across = 0;
  from.forEach(([x, y], row) => {
    const [dx, dy, ex, ey] = [x - a[0], y - a[1], onto[row][0] - b[0], onto[row][1] - b[1]];
    along += dx * ex + dy * ey;
    across += dx * ey - dy * ex;
  });
  const motion = { rotation: Math.atan2(across, along), dx: 0, dy: 0 };
  const [x, y] = carry(motion, ...a);
  return { ...motion, dx: b[0] - x, dy: b[1] - y };
}

export function middle(points) {
  const sum = points.reduce(([x, y], one) => [x + one[0], y + one[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/* Corners of a print of a size. */
export const corners = ({ width, height }) => [[0, 0], [width, 0], [width, height], [0, height]];

/* An angle in [0, 2 pi). */
export const whole = (angle) => ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
