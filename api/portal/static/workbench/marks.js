/* The minutiae of both prints and the pairs between them, with undo.

   A state is never changed but replaced, so that going back is taking an old one. */

import { whole } from "./geometry.js";

const DEEPEST = 200; // states that are kept to go back to
const LONGEST_LIST = 255; // minutiae of one print, as everywhere in the engine

export class Marks {
  constructor({ probe, candidate, pairs, marked = [] }) {
    this._next = 1;
    this._listeners = [];
    this._past = [];
    this._future = [];
    this.now = { probe: probe.minutiae.map(this._mark, this), candidate: candidate.minutiae.map(this._mark, this), pairs: [] };
    for (const [row, twin, similarity] of pairs) this._join(row, twin, similarity);
    for (const places of marked) this._take(places);
    this._start = this.now;
  }

  listen(hear) {
    this._listeners.push(hear);
  }

  get canUndo() {
    return this._past.length > 0;
  }

  get canRedo() {
    return this._future.length > 0;
  }

  get marked() {
    return this.now.pairs.filter((pair) => pair.marked);
  }

  get changed() {
    return this.now !== this._start;
  }

  find(side, id) {
    return this.now[side].find((one) => one.id === id);
  }

  pairOf(side, id) {
    return this.now.pairs.find((pair) => pair[side] === id);
  }

  pairNumbered(number) {
    return this.now.pairs.find((pair) => pair.number === number);
  }

  undo() {
    this._travel(this._past, this._future);
  }

  redo() {
    this._travel(this._future, this._past);
  }

  /* Changes until `settle` are one step; `settle(false)` drops them. */
  hold() {
    this._held = this.now;
  }

  settle(kept = true) {
    const [held, now] = [this._held, this.now];
    this._held = null;
    if (!held || held === now) return;
    this.now = held;
    this._replace(kept ? now : held, kept);
  }

  add(side, x, y, direction, type) {
    if (this.now[side].length >= LONGEST_LIST) return null;
    const mark = { id: this._next++, x, y, direction: whole(direction), type, quality: 0, own: true };
    this._replace({ ...this.now, [side]: [...this.now[side], mark] });
    return mark.id;
  }

  /* `part` is what changes; a minutia that an examiner has changed is the examiner's. */
  change(side, id, part) {
    const put = (one) => (one.id === id ? { ...one, ...part, own: true, quality: 0 } : one);
    this._replace({ ...this.now, [side]: this.now[side].map(put) });
  }

  remove(side, id) {
    const pairs = this.now.pairs.filter((pair) => pair[side] !== id);
    this._replace({ ...this.now, pairs, [side]: this.now[side].filter((one) => one.id !== id) });
  }

  /* Mark two minutiae as one; the pairs that either was in are gone. */
  join(probe, candidate) {
    const known = this.now.pairs.find((pair) => pair.probe === probe && pair.candidate === candidate);
    const others = this.now.pairs.filter((pair) => pair.probe !== probe && pair.candidate !== candidate);
    const pair = { ...(known ?? this._pair(probe, candidate, null, false)), marked: true };
    this._replace({ ...this.now, pairs: inOrder([...others, pair]) });
    return pair;
  }

  /* Mark a pair or take its mark away; one that only the examiner saw goes then. */
  set(numbers, marked) {
    const put = (pair) => (numbers.includes(pair.number) ? { ...pair, marked } : pair);
    this._replace({ ...this.now, pairs: this.now.pairs.map(put).filter((pair) => pair.marked || pair.found) });
  }

  _mark([x, y, direction, type, quality]) {
    return { id: this._next++, x, y, direction, type, quality, own: false };
  }

  _pair(probe, candidate, similarity, found) {
    const taken = this.now.pairs.map((pair) => pair.number);
    return { number: Math.max(0, ...taken) + 1, probe, candidate, similarity, found, marked: false };
  }

  _join(row, twin, similarity) {
    const [probe, candidate] = [this.now.probe[row], this.now.candidate[twin]];
    if (probe && candidate) this.now.pairs.push(this._pair(probe.id, candidate.id, similarity ?? null, true));
  }

  /* A pair of an earlier verdict, by its places: x, y and direction of both. */
  _take([x, y, direction, twinX, twinY, twinDirection]) {
    const near = (side, left, top) => this.now[side].find((one) => Math.hypot(one.x - left, one.y - top) < 0.6);
    const put = (side, left, top, angle) => near(side, left, top)?.id ?? this.add(side, left, top, angle, 0);
    const [probe, candidate] = [put("probe", x, y, direction), put("candidate", twinX, twinY, twinDirection)];
    if (probe && candidate) this.join(probe, candidate);
    this._past = [];
  }

  _replace(next, kept = true) {
    if (kept && !this._held) {
      this._past = [...this._past.slice(1 - DEEPEST), this.now];
      this._future = [];
    }
    this.now = next;
    for (const hear of this._listeners) hear();
  }

  _travel(from, to) {
    if (!from.length) return;
    to.push(this.now);
    this._replace(from.pop(), false);
  }
}

const inOrder = (pairs) => [...pairs].sort((one, other) => one.number - other.number);
