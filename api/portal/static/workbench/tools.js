/* What pressing in a pane does with each tool: a drag with `move` and `end`, or null to move the view. */

import { toPrint, whole } from "./geometry.js";

const NEAR_TIP = 2.6; // sizes of a mark from its middle to where it is turned

export const TOOLS = {
  look(scene, side, at) {
    const mark = scene.markAt(at);
    if (mark) scene.light(mark.side, mark.id, "press");
    return null;
  },

  pair(scene, side, at) {
    const mark = scene.markAt(at);
    if (!mark) return null;
    scene.choose(mark.side, mark.id);
    return {};
  },

  add(scene, side, at) {
    const place = scene.printAt(side, at);
    if (!scene.isInPrint(side, place)) return null;
    scene.marks.hold();
    const id = scene.add(side, place);
    return id === null ? {} : turning(scene, side, id);
  },

  edit(scene, side, at, { touch }) {
    const held = scene.lit;
    const turns = held?.side === side && scene.isTip(held, at, NEAR_TIP, touch);
    const mark = turns ? held : scene.markAt(at);
    if (!mark) return null;
    scene.light(mark.side, mark.id, "press");
    scene.marks.hold();
    return turns ? turning(scene, side, mark.id) : moving(scene, side, mark.id, at);
  },

  measure(scene, side, at) {
    const from = scene.printAt(side, at);
    scene.measure(side, from, from);
    return {
      move: (to) => scene.measure(side, from, scene.printAt(side, to)),
      end: () => scene.tellMeasure(),
    };
  },
};

function turning(scene, side, id) {
  return {
    move(to) {
      const mark = scene.marks.find(side, id);
      const [x, y] = scene.printAt(side, to);
      if (Math.hypot(x - mark.x, y - mark.y) < 2) return;
      scene.marks.change(side, id, { direction: whole(Math.atan2(mark.y - y, x - mark.x)) });
    },
    end: (kept) => scene.marks.settle(kept),
  };
}

function moving(scene, side, id, at) {
  const start = scene.marks.find(side, id);
  const [fromX, fromY] = toPrint(scene.views[side], scene.panes[side], ...at);
  return {
    move(to) {
      const [x, y] = toPrint(scene.views[side], scene.panes[side], ...to);
      const place = scene.inside(side, start.x + x - fromX, start.y + y - fromY);
      scene.marks.change(side, id, { x: place[0], y: place[1] });
    },
    end: (kept) => scene.marks.settle(kept),
  };
}
