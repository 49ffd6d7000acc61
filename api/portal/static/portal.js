// What every page does with scripts; each page works without.

// Menus that drop close by Escape, by a click elsewhere, and when another opens.
const drops = [...document.querySelectorAll("details.drop")];
for (const drop of drops) {
  drop.addEventListener("toggle", () => {
    if (drop.open) drops.forEach((other) => { if (other !== drop) other.open = false; });
  });
  drop.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drop.open) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
  });
}
document.addEventListener("click", (event) => {
  for (const drop of drops) if (!drop.contains(event.target)) drop.open = false;
});

// Buttons that open a dialog.
for (const button of document.querySelectorAll("[data-dialog]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.dialog).showModal());
}

// Times are of UTC; the local one is told on hover.
const local = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
for (const time of document.querySelectorAll("time[datetime]")) {
  const moment = new Date(time.dateTime);
  if (!Number.isNaN(moment.valueOf())) time.title = local.format(moment);
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
