/* Pictures of a print, toned once and kept: what is drawn in each frame is a finished canvas. */

export class Picture {
  /* `source` is the address; `size` the print's width and height in pixels at 500 ppi. */
  constructor(source, size) {
    this._source = source;
    this._size = size;
    this._toned = new Map();
  }

  async load() {
    this._loading ??= this._read();
    return this._loading;
  }

  get ready() {
    return this.pixels !== undefined;
  }

  /* The picture in a tone, and in a colour in place of black. */
  toned(tone, ink = [0, 0, 0]) {
    const key = [tone.brightness, tone.contrast, tone.invert, ink].join();
    if (!this._toned.has(key)) {
      if (this._toned.size > 3) this._toned.clear();
      this._toned.set(key, this._tone(tableOf(tone), ink));
    }
    return this._toned.get(key);
  }

  async _read() {
    const image = new Image();
    image.decoding = "async";
    image.src = this._source;
    await image.decode();
    const { width, height } = this._size;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(image, 0, 0, width, height);
    this.pixels = pen.getImageData(0, 0, width, height);
  }

  _tone(table, [red, green, blue]) {
    const { width, height, data } = this.pixels;
    const toned = new ImageData(width, height);
    for (let at = 0; at < data.length; at += 4) {
      const grey = table[data[at]];
      toned.data[at] = grey + ((255 - grey) * red) / 255;
      toned.data[at + 1] = grey + ((255 - grey) * green) / 255;
      toned.data[at + 2] = grey + ((255 - grey) * blue) / 255;
      toned.data[at + 3] = 255;
    }
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    canvas.getContext("2d").putImageData(toned, 0, 0);
    return canvas;
  }
}

/* The grey level of each grey level. */
function tableOf({ brightness, contrast, invert }) {
  const slope = contrast >= 0 ? 1 + contrast / 25 : 1 + contrast / 125;
  return Uint8ClampedArray.from({ length: 256 }, (_, grey) => {
    const toned = (grey - 128) * slope + 128 + brightness * 1.28;
    return invert ? 255 - toned : toned;
  });
}
