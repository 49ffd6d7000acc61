/* Everything that a button or a key does, in one table: the bar, the keyboard and the help read it.

   `on` tells whether it is pressed, `can` whether it is possible now. Keys work in the panes alone. */

const STEP = Math.PI / 36; // five degrees
const FACTOR = 1.25;
const PLAIN = { brightness: 0, contrast: 0, invert: false };

const tool = (name, key) => ({
  key,
  run: (scene) => scene.take(name),
  on: (scene) => scene.tool === name,
  can: (scene) => !scene.overlay || name === "look" || name === "measure",
});

export const ACTIONS = {
  look: tool("look", "v"),
  pair: tool("pair", "p"),
  add: tool("add", "a"),
  edit: tool("edit", "e"),
  measure: tool("measure", "m"),
  undo: { key: "z", run: (scene) => scene.marks.undo(), can: (scene) => scene.marks.canUndo },
  redo: { key: "y", run: (scene) => scene.marks.redo(), can: (scene) => scene.marks.canRedo },
  fit: { key: "0", run: (scene) => scene.fit() },
  actual: { key: "1", run: (scene, side) => scene.zoom(side, 1 / scene.views[side].zoom) },
  zoomIn: { key: "+", run: (scene, side) => scene.zoom(side, FACTOR) },
  zoomOut: { key: "-", run: (scene, side) => scene.zoom(side, 1 / FACTOR) },
  turnLeft: { key: "[", run: (scene, side) => scene.turn(side, -STEP) },
  turnRight: { key: "]", run: (scene, side) => scene.turn(side, STEP) },
  align: {
    key: "g",
    run: (scene) => scene.align(!scene.views.aligned),
    on: (scene) => scene.views.aligned,
    can: (scene) => scene.views.motion !== null && !scene.overlay,
  },
  lock: {
    key: "k",
    run: (scene, side) => scene.lock(side, !scene.views.locked),
    on: (scene) => scene.views.locked,
    can: (scene) => !scene.overlay,
  },
  overlay: {
    key: "o",
    run: (scene) => scene.lay(!scene.overlay),
    on: (scene) => scene.overlay,
    can: (scene) => scene.views.motion !== null,
  },
  blink: {
    key: "b",
    run: (scene) => scene.toggleBlink(),
    on: (scene) => scene.blink !== null,
    can: (scene) => scene.views.motion !== null,
  },
  tint: { key: "c", run: (scene) => scene.set({ tint: !scene.tint }), on: (scene) => scene.tint, can: (scene) => scene.overlay },
  enhanced: {
    key: "h",
    run: (scene) => scene.enhance(!scene.enhanced),
    on: (scene) => scene.enhanced,
    can: (scene) => Boolean(scene.data.probe.enhanced || scene.data.candidate.enhanced),
  },
  invert: { key: "i", run: (scene) => scene.setTone({ invert: !scene.tone.invert }), on: (scene) => scene.tone.invert },
  lines: { key: "l", run: (scene) => scene.set({ lines: !scene.lines }), on: (scene) => scene.lines },
  plain: { run: (scene) => scene.setTone(PLAIN) },
  next: { key: "n", run: (scene, side) => scene.step(side, 1) },
  previous: { key: "N", run: (scene, side) => scene.step(side, -1) },
  type: { key: "t", run: (scene) => scene.turnType(), can: (scene) => scene.editable },
  remove: { key: "Delete", run: (scene) => scene.remove(), can: (scene) => scene.editable },
  help: { key: "?", run: (scene) => scene.help() },
};

export const DEFAULT_TONE = PLAIN;

/* Runs an action if it can be done now. */
export function act(name, scene, side = scene.side) {
  const action = ACTIONS[name];
  if (action.can?.(scene) === false) return;
  action.run(scene, side);
}
