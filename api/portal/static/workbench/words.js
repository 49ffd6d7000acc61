/* Texts of the page with their numbers filled in, in the language of the page. */

import { millimetres } from "./measure.js";
import { carry } from "./geometry.js";

const TYPES = ["other", "ending", "bifurcation"];

export class Words {
  constructor(texts) {
    this._texts = texts;
    this._locale = texts.locale || document.documentElement.lang || undefined;
    this._formats = new Map();
  }

  /* The text of a name; {n} in it is what `values` has for n. */
  say(name, values = {}) {
    const text = this._texts[name] ?? name;
    return text.replace(/\{(\w+)\}/g, (_, key) =>
      typeof values[key] === "number" ? this.number(values[key]) : (values[key] ?? ""),
    );
  }

  number(value, digits = 0) {
    if (!this._formats.has(digits)) {
      const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      this._formats.set(digits, new Intl.NumberFormat(this._locale, fraction));
    }
    return this._formats.get(digits).format(value);
  }

  type(mark) {
    return this.say(TYPES[mark.type] ?? TYPES[0]);
  }

  quality(mark) {
    if (mark.own) return this.say("own");
    return mark.quality ? this.say("qualityIs", { n: mark.quality }) : this.say("qualityNone");
  }

  /* How far the two of a pair lie apart once the probe is laid on the candidate, or its likeness. */
  nearness(pair, marks, motion) {
    const parts = [];
    if (pair.similarity !== null) parts.push(this.say("similarityIs", { n: this.number(pair.similarity, 2) }));
    const apart = distance(pair, marks, motion);
    if (apart !== null) parts.push(this.say("apartIs", { n: this.number(apart, 2) }));
    return parts.join(" · ");
  }

  minutia(mark, pair, marks, motion) {
    const about = [this.type(mark), this.quality(mark)];
    if (!pair) return [...about, this.say("unpaired")].join(" · ");
    const number = this.say(pair.marked ? "pairMarked" : "pairFound", { n: pair.number });
    return [number, ...about, this.nearness(pair, marks, motion)].filter(Boolean).join(" · ");
  }
}

/* Millimetres between the two of a pair, null without a motion. */
export function distance(pair, marks, motion) {
  if (!motion) return null;
  const [from, to] = [marks.find("probe", pair.probe), marks.find("candidate", pair.candidate)];
  return millimetres({ from: carry(motion, from.x, from.y), to: [to.x, to.y] });
}
