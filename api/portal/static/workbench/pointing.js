/* Mouse, pen and fingers in a pane: one moves the view or works the tool, two enlarge and turn. */

import { TOOLS } from "./tools.js";

const NOTCH = 0.0016; // share of zoom for each pixel of a wheel

export function point(scene, element, sideOf) {
  const held = new Map(); // places of the fingers that are down
  let drag = null;
  const place = (event) => scene.onStage(event.clientX, event.clientY);

  element.addEventListener("pointerdown", (event) => {
    if (event.button > 1 || event.target.closest("button")) return;
    element.setPointerCapture(event.pointerId);
    held.set(event.pointerId, place(event));
    scene.side = sideOf();
    const touch = event.pointerType === "touch";
    if (held.size > 1) drag = void drag?.end?.(false) ?? null;
    else if (event.button === 0 && !event.shiftKey) drag = TOOLS[scene.tool](scene, sideOf(), place(event), { touch });
  });

  element.addEventListener("pointermove", (event) => {
    const now = place(event);
    if (!held.has(event.pointerId)) {
      if (event.pointerType !== "touch") scene.hover(now);
      return;
    }
    const before = held.get(event.pointerId);
    if (held.size > 1) pinch(scene, sideOf(), held, event.pointerId, now);
    else if (drag) drag.move?.(now);
    else if (event.shiftKey) swing(scene, sideOf(), before, now);
    else scene.pan(sideOf(), now[0] - before[0], now[1] - before[1]);
    held.set(event.pointerId, now);
  });

  const lift = (event) => {
    if (held.delete(event.pointerId)) drag = void drag?.end?.(event.type === "pointerup") ?? null;
  };
  element.addEventListener("pointerup", lift);
  element.addEventListener("pointercancel", lift);
  element.addEventListener("pointerleave", () => held.size || scene.hover(null));

  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const [x, y] = offset(scene, sideOf(), place(event));
      const amount = event.deltaY * (event.deltaMode ? 20 : 1) * NOTCH * (event.ctrlKey ? 5 : 1);
      if (event.altKey) scene.turn(sideOf(), amount, x, y);
      else scene.zoom(sideOf(), Math.exp(-amount), x, y);
    },
    { passive: false },
  );
}

const offset = (scene, side, [x, y]) => [x - scene.panes[side].x, y - scene.panes[side].y];

/* Two fingers: what lies under them stays under them. */
function pinch(scene, side, held, moved, now) {
  const [other] = [...held].filter(([id]) => id !== moved).map(([, at]) => at);
  const before = held.get(moved);
  const from = [before[0] - other[0], before[1] - other[1]];
  const to = [now[0] - other[0], now[1] - other[1]];
  const grown = Math.hypot(...to) / Math.max(1, Math.hypot(...from));
  const turned = Math.atan2(to[1], to[0]) - Math.atan2(from[1], from[0]);
  scene.zoom(side, grown, ...offset(scene, side, other), turned);
}

/* Turn about the middle of the pane. */
function swing(scene, side, before, now) {
  const [from, to] = [before, now].map((at) => Math.atan2(...offset(scene, side, at).reverse()));
  scene.turn(side, to - from);
}
