// The board of the centre: clocks run, and what happens appears by itself. Without this the page is loaded again by hand.
const root = document.documentElement;
const locale = root.lang === "ar" ? "ar-u-nu-latn" : root.lang;

function two(value) {
  return String(value).padStart(2, "0");
}

// From a due time to "1:05:09", with a minus once it has passed.
function countdown(due) {
  const left = Math.round((due - Date.now()) / 1000);
  const far = Math.abs(left);
  return `${left < 0 ? "−" : ""}${Math.floor(far / 3600)}:${two(Math.floor(far / 60) % 60)}:${two(far % 60)}`;
}

function tick() {
  for (const one of document.querySelectorAll("[data-due]")) {
    const due = new Date(one.dataset.due);
    one.textContent = countdown(due);
    one.classList.toggle("clock-soon", due - Date.now() < 300000);
  }
  for (const one of document.querySelectorAll("[data-zone]")) {
    const form = { timeZone: one.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    one.textContent = new Intl.DateTimeFormat(locale, form).format(new Date());
  }
}
tick();
setInterval(tick, 1000);

const part = document.querySelector("[data-live-part]");
const pulse = document.querySelector("[data-pulse]");
const said = document.querySelector("[data-say]");
const SOONEST = 1000; // milliseconds between two readings: a burst of events is read once

function show(state) {
  pulse.dataset.state = state;
  pulse.querySelector("[data-pulse-word]").textContent = pulse.dataset[state];
}

function items() {
  return new Map([...part.querySelectorAll("[data-item]")].map((one) => [one.dataset.item, one]));
}

// Puts a new reading in place; what has the focus keeps it, and new work is marked and told.
function put(html) {
  const before = items();
  const focused = document.activeElement?.id;
  const made = new DOMParser().parseFromString(html, "text/html");
  part.replaceChildren(...made.body.childNodes);
  if (focused && part.querySelector(`[id="${CSS.escape(focused)}"]`)) document.getElementById(focused).focus();
  tick();
  const fresh = [...items()].filter(([id]) => !before.has(id)).map(([, one]) => one);
  for (const one of fresh) one.classList.add("item-new");
  const names = fresh.map((one) => one.querySelector(".item-link").textContent);
  said.textContent = names.length ? `${said.dataset.more} ${names.join(", ")}` : said.dataset.moved;
}

let waiting = false, stream = null, lost = false;
async function readAgain() {
  if (waiting) return;
  waiting = true;
  await new Promise((done) => setTimeout(done, SOONEST));
  waiting = false;
  const answer = await fetch(part.dataset.livePart).catch(() => null);
  if (answer?.ok && !answer.redirected) put(await answer.text());
  else if (answer?.redirected || answer?.status === 401) { stream.close(); clearInterval(clock); show("over"); }
}

// A browser comes back by itself, unless it was refused: then it is tried anew, if the session lasts.
function connect() {
  stream = new EventSource("/portal/events");
  stream.addEventListener("open", () => { show("live"); if (lost) readAgain(); lost = false; });
  stream.addEventListener("error", () => {
    lost = true;
    show("away");
    if (stream.readyState === EventSource.CLOSED) readAgain().then(() => { if (pulse.dataset.state !== "over") setTimeout(connect, 15000); });
  });
  for (const kind of ["centre", "hit", "alert", "message", "notice", "record"]) stream.addEventListener(kind, readAgain);
}

let clock = 0;
if (part) {
  connect();
  clock = setInterval(readAgain, 300000); // duty passes and things get late without an event
  window.addEventListener("pagehide", () => stream.close());
}
