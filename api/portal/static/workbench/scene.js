/* The state of the workbench and all that can be done with it; each change asks for one frame. */

import { DEFAULT_TONE } from "./actions.js";
import { fitMotion, toPrint, toStage, whole } from "./geometry.js";
import { radiusAt } from "./glyphs.js";
import { Picture } from "./layers.js";
import { Marks } from "./marks.js";
import { millimetres, ridgesBetween } from "./measure.js";
import { SIDES, Views, twinOf } from "./views.js";
import { Words } from "./words.js";

const REACH = 13; // CSS pixels around a mark that count as on it
const BLINK = 700; // milliseconds a print is shown: less than one change of light a second
const TURN = Math.PI / 36;
const STILL = 120; // milliseconds without a movement

export class Scene {
  constructor(data) {
    Object.assign(this, {
      data, words: new Words(data.texts), marks: new Marks(data),
      tool: "look", side: "probe", keyed: null, lit: null, chosen: null, measured: null,
      overlay: false, opacity: 50, tint: true, blink: null,
      enhanced: false, tone: DEFAULT_TONE, show: "all", lines: true, newType: 1,
      panes: {}, size: { width: 0, height: 0, ratio: 1 }, listeners: [],
    });
    this.views = new Views(data, data.transform ?? null);
    this.pictures = {};
    for (const side of SIDES) {
      const { image, enhanced } = data[side];
      this.pictures[side] = { plain: new Picture(image, data[side]), enhanced: enhanced ? new Picture(enhanced, data[side]) : null };
    }
    this.marks.listen(() => this._forget());
  }

  listen(hear) {
    this.listeners.push(hear);
  }

  /* Change some of the state. */
  set(part) {
    Object.assign(this, part);
    for (const hear of this.listeners) hear();
  }

  get visible() {
    if (!this.overlay) return SIDES;
    return this.blink ? [this.blink] : SIDES;
  }

  get editable() {
    return this.tool === "edit" && this.lit !== null && !this.overlay;
  }

  picture(side) {
    const { plain, enhanced } = this.pictures[side];
    return this.enhanced && enhanced?.ready ? enhanced : plain;
  }

  /* Views */

  pan(side, dx, dy) {
    this.views.pan(side, dx, dy);
    this._move();
  }

  zoom(side, factor, left, top, turn) {
    this.views.zoom(side, factor, left, top, turn);
    this._move();
  }

  turn(side, by, left, top) {
    this.views.turn(side, by, left, top);
    this._move();
  }

  /* Frames are drawn more roughly until the view stands still. */
  _move() {
    clearTimeout(this._still);
    this._still = setTimeout(() => this.set({ moving: false }), STILL);
    this.set({ moving: true });
  }

  fit() {
    this.views.fit(this.panes, this.overlay);
    this.set({});
  }

  align(on) {
    if (on) this.views.align();
    else {
      this.views.aligned = false;
      this.views.fit(this.panes);
    }
    this.set({});
    this.tell(on ? "nowAligned" : "nowApart");
  }

  /* Lay the prints on each other by what the examiner has marked. */
  alignByMarks() {
    const places = SIDES.map((side) => this.marks.marked.map((pair) => this.marks.find(side, pair[side])).map(({ x, y }) => [x, y]));
    this.views.motion = fitMotion(...places) ?? this.views.motion;
    this.align(true);
  }

  lock(side, on) {
    this.views.lock(side, on);
    this.set({});
    this.tell(on ? "nowLocked" : "nowFree");
  }

  lay(on) {
    if (on) {
      this.views.align();
      if (this.tool !== "measure") this.tool = "look";
    }
    this._blinkNot();
    this.set({ overlay: on, chosen: null });
    this.tell(on ? "nowOverlaid" : "nowBeside");
  }

  toggleBlink() {
    if (this.blink) {
      this._blinkNot();
      this.set({});
      return;
    }
    if (!this.overlay) this.lay(true);
    this.set({ blink: "probe" });
    this._blinking = setInterval(() => this.set({ blink: twinOf(this.blink) }), BLINK);
  }

  _blinkNot() {
    clearInterval(this._blinking);
    this.blink = null;
  }

  /* Tone */

  setTone(part) {
    this.set({ tone: { ...this.tone, ...part } });
  }

  async enhance(on) {
    this.set({ enhanced: on });
    if (!on) return;
    await this._loadEnhanced();
    this.set({});
  }

  async _loadEnhanced() {
    const wanted = SIDES.map((side) => this.pictures[side].enhanced).filter(Boolean);
    const loaded = await Promise.allSettled(wanted.map((picture) => picture.load()));
    if (loaded.some((one) => one.status === "rejected")) this.tell("noPicture");
  }

  /* Places */

  onStage(left, top) {
    const box = this.stage.getBoundingClientRect();
    return [left - box.left, top - box.top];
  }

  printAt(side, at) {
    return toPrint(this.views[side], this.panes[side], ...at);
  }

  placeOf(side, id) {
    const { x, y } = this.marks.find(side, id);
    return toStage(this.views[side], this.panes[side], x, y);
  }

  inside(side, x, y) {
    const { width, height } = this.data[side];
    return [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))];
  }

  isInPrint(side, place) {
    return this.inside(side, ...place).every((value, axis) => value === place[axis]);
  }

  /* The mark that is nearest to a place of the stage, null if none is near. */
  markAt([x, y], reach = REACH) {
    let [best, nearest] = [null, reach];
    for (const side of this.visible) {
      const pane = this.panes[side];
      if (x < pane.left || x > pane.left + pane.width || y < pane.top || y > pane.top + pane.height) continue;
      for (const { id } of this.marks.now[side]) {
        const [left, top] = this.placeOf(side, id);
        const apart = Math.hypot(left - x, top - y);
        if (apart < nearest) [best, nearest] = [{ side, id }, apart];
      }
    }
    return best;
  }

  /* Whether a place is on the end of a mark's tick. */
  isTip({ side, id }, [x, y], sizes, touch) {
    const mark = this.marks.find(side, id);
    const angle = this.views[side].angle - mark.direction;
    const reach = (radiusAt(this.views[side].zoom) + 2) * sizes;
    const [left, top] = this.placeOf(side, id);
    return Math.hypot(left + reach * Math.cos(angle) - x, top + reach * Math.sin(angle) - y) < (touch ? 16 : 8);
  }

  /* Minutiae and pairs */

  light(side, id, by) {
    this.set({ lit: { side, id, by } });
    if (by !== "hover") this.tell(this.describe(this.lit), true);
  }

  hover(at) {
    const mark = at && this.tool !== "measure" ? this.markAt(at) : null;
    if (mark) {
      if (mark.id !== this.lit?.id) this.light(mark.side, mark.id, "hover");
    } else if (this.lit?.by === "hover") this.set({ lit: null });
  }

  lightPair(pair, by) {
    if (pair) this.set({ lit: { side: "probe", id: pair.probe, by } });
    else if (this.lit?.by === "hover") this.set({ lit: null });
  }

  isLit(pair) {
    return Boolean(pair && this.lit && pair[this.lit.side] === this.lit.id);
  }

  describe({ side, id }) {
    const [mark, pair] = [this.marks.find(side, id), this.marks.pairOf(side, id)];
    return this.words.minutia(mark, pair, this.marks, this.views.motion);
  }


  showPair(pair) {
    const place = (side) => { const { x, y } = this.marks.find(side, pair[side]); return [x, y]; };
    this.views.centre({ probe: place("probe"), candidate: place("candidate") });
    this.lightPair(pair, "keys");
    this.tell(this.describe(this.lit), true);
  }

  /* To the next minutia of a print, from top to bottom. */
  step(side, by) {
    const all = [...this.marks.now[side]].sort((one, other) => one.y - other.y || one.x - other.x);
    if (!all.length) return;
    const twin = this.lit && this.marks.pairOf(this.lit.side, this.lit.id)?.[side];
    const now = all.findIndex((one) => one.id === (this.lit?.side === side ? this.lit.id : twin));
    const next = all[(now + by + all.length) % all.length] ?? all[0];
    this.light(side, next.id, "keys");
    if (!this._isSeen(side, next.id)) {
      this.views.centre({ [side]: [next.x, next.y] });
      this.set({});
    }
  }

  _isSeen(side, id) {
    const [[x, y], pane] = [this.placeOf(side, id), this.panes[side]];
    return Math.abs(x - pane.x) < pane.width / 2 - 20 && Math.abs(y - pane.y) < pane.height / 2 - 20;
  }

  choose(side, id) {
    const first = this.chosen;
    if (first && first.side !== side) {
      const known = this.marks.now.pairs.find((pair) => pair[side] === id && pair[first.side] === first.id);
      this.chosen = null;
      if (known?.marked) this.setMarked([known.number], false);
      else {
        const pair = this.marks.join(...SIDES.map((one) => (one === side ? id : first.id)));
        this.light(side, id, "press");
        this.tell(this.words.say("pairMade", { n: pair.number }), true);
      }
    } else {
      const again = first?.id === id;
      this.set({ chosen: again ? null : { side, id } });
      this.light(side, id, "press");
      if (!again) this.tell(side === "probe" ? "chooseCandidate" : "chooseProbe");
    }
  }

  setMarked(numbers, marked) {
    this.marks.set(numbers, marked);
    this.tell(this.words.say("markedCount", { n: this.marks.marked.length }), true);
  }

  add(side, [x, y]) {
    const id = this.marks.add(side, x, y, Math.PI / 2, this.newType);
    if (id === null) this.tell("tooMany");
    else this.light(side, id, "press");
    return id;
  }

  turnType() {
    const { side, id } = this.lit;
    const type = ((this.marks.find(side, id).type || 3) % 3) + 1;
    this.setType(type === 3 ? 0 : type);
  }

  setType(type) {
    this.newType = type;
    if (this.editable) this.marks.change(this.lit.side, this.lit.id, { type });
    else this.set({});
  }

  remove() {
    const { side, id } = this.lit;
    this.lit = null;
    this.marks.remove(side, id);
    this.tell("removed");
  }

  nudge(dx, dy, turn) {
    const { side, id } = this.lit;
    const mark = this.marks.find(side, id);
    const cos = Math.cos(this.views[side].angle);
    const sin = Math.sin(this.views[side].angle);
    const [x, y] = this.inside(side, mark.x + cos * dx + sin * dy, mark.y - sin * dx + cos * dy);
    this.marks.change(side, id, { x, y, direction: whole(mark.direction + turn * TURN) });
    return true;
  }

  _forget() {
    for (const name of ["lit", "chosen"]) {
      if (this[name] && !this.marks.find(this[name].side, this[name].id)) this[name] = null;
    }
    this.set({});
  }

  /* Measuring */

  measure(side, from, to) {
    const line = { side, from, to };
    const picture = this.pictures[side].enhanced;
    if (picture && !picture.ready) picture.load().then(() => this._measureAgain(), () => {});
    const parts = [this.words.say("millimetres", { n: this.words.number(millimetres(line), 2) })];
    const ridges = picture?.ready ? ridgesBetween(line, picture.pixels) : null;
    if (ridges !== null) parts.push(this.words.say("ridges", { n: ridges }));
    this.set({ measured: { ...line, text: parts.join(" · ") } });
  }

  /* With ridges, once they can be counted. */
  _measureAgain() {
    if (!this.measured) return;
    const { side, from, to } = this.measured;
    this.measure(side, from, to);
    this.tellMeasure();
  }

  tellMeasure() {
    this.tell(this.measured.text, true);
  }

  /* Keys that depend on the tool */

  take(tool) {
    this.set({ tool, chosen: null, measured: tool === "measure" ? this.measured : null });
    this.tell(`${tool}Hint`);
  }

  enter(side) {
    const middle = [this.views[side].x, this.views[side].y];
    if (this.tool === "pair" && this.lit) this.choose(this.lit.side, this.lit.id);
    else if (this.tool === "add" && this.isInPrint(side, middle)) this.add(side, middle);
    else if (this.tool === "measure") {
      this.measure(side, this._from?.side === side ? this._from.place : middle, middle);
      this._from = this._from?.side === side ? null : { side, place: middle };
      this.tellMeasure();
    } else return false;
    return true;
  }

  escape() {
    const nothing = !this.chosen && !this.measured && !this.lit && !this.blink;
    this._blinkNot();
    this.set({ chosen: null, measured: null, lit: null });
    return !nothing;
  }

  /* Say something in the live region: the name of a text, or a text itself. */
  tell(text, ready = false) {
    this.said = ready ? text : this.words.say(text);
    this.set({});
  }
}
