// Shows the chosen image of each finger, or its name where the browser cannot show it.
for (const input of document.querySelectorAll(".finger-slot input")) {
  const slot = input.parentElement;
  const [picture, name] = [slot.querySelector("img"), slot.querySelector(".finger-file")];
  slot.classList.add("live");
  input.addEventListener("change", () => {
    if (picture.src) URL.revokeObjectURL(picture.src);
    picture.hidden = true;
    const file = input.files[0];
    name.textContent = file ? file.name : "";
    if (!file) return picture.removeAttribute("src");
    picture.onload = () => { picture.hidden = false; };
    picture.src = URL.createObjectURL(file);
  });
}
