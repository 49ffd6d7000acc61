/* Colours of the canvas, from the custom properties of the style sheet; read again when the
   scheme, the contrast or an attribute of the page changes. */

const NAMES = ["edge", "free", "found", "marked", "focus", "halo", "rule"];
const QUERIES = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"];

export function watchTheme(element, stage, changed) {
  const colours = {};
  const read = () => {
    const style = getComputedStyle(element);
    for (const name of NAMES) colours[name] = style.getPropertyValue(`--wb-${name}`).trim();
    colours.stage = getComputedStyle(stage).backgroundColor;
    changed();
  };
  for (const query of QUERIES) matchMedia(query).addEventListener("change", read);
  new MutationObserver(read).observe(document.documentElement, { attributes: true });
  read();
  return colours;
}
