// Looks at images as soon as they are chosen, dropped or pasted; the form works without.

const form = document.querySelector(".search-form");
const zone = document.getElementById("dropzone");
const input = document.getElementById("f-image");
const probes = document.getElementById("probes");
const busy = zone.querySelector("[data-busy]");
const token = document.querySelector('meta[name="csrf"]').content;
let running = 0;

zone.querySelector("[data-look]").hidden = true;
zone.classList.add("scripted");

// A preview from the browser itself stands there until the server has looked.
function preview(file) {
  const card = document.createElement("article");
  card.className = "probe card";
  const image = document.createElement("img");
  image.alt = file.name;
  image.src = URL.createObjectURL(file);
  image.addEventListener("error", () => image.remove());
  card.append(image, document.createTextNode(file.name));
  probes.append(card);
  return card;
}

async function look(file) {
  const card = preview(file);
  const body = new FormData();
  body.append("image", file, file.name);
  body.append("ppi", form.elements.ppi.value);
  running += 1;
  busy.hidden = false;
  try {
    const answer = await fetch("/portal/searches/probes", {
      method: "POST", body, headers: { "X-CSRF-Token": token, Accept: "text/html" },
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.redirected) location.reload();
    else if (answer.ok) card.replaceWith(page.querySelector(".probe"));
    else card.replaceChildren(Object.assign(document.createElement("p"), {
      className: "error", textContent: `${file.name}: ${page.querySelector("h1")?.textContent ?? answer.status}`,
    }));
  } catch {
    card.remove();
  }
  running -= 1;
  busy.hidden = running > 0 ? false : true;
}

function take(files) {
  for (const file of files) look(file);
  input.value = "";
}

input.addEventListener("change", () => take([...input.files]));
if (input.files.length) take([...input.files]); // chosen before this script was here
for (const name of ["dragover", "dragleave", "drop"]) {
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.toggle("over", name === "dragover");
    if (name === "drop") take(event.dataTransfer.files);
  });
}
document.addEventListener("paste", (event) => {
  if (event.clipboardData?.files.length) take(event.clipboardData.files);
});

// Which finger was clicked is said in words; a removed image leaves at once.
probes.addEventListener("change", (event) => {
  if (event.target.type !== "radio") return;
  const said = event.target.closest("fieldset").querySelector("output");
  said.value = event.target.value === "unknown" ? "" : event.target.closest("label").title;
});
probes.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove]");
  if (!button) return;
  event.preventDefault();
  button.closest(".probe").remove();
  input.focus();
});
