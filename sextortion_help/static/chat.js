// The practice chat: each move is one entry in this tab's history, on an address that never changes,
// so that Back takes one reply back. The moves are in the page and in history.state, nowhere else.
// An answer that is not a stage of the chat changes nothing: an error page, a portal, half an answer.

const stage = document.querySelector("#stage");
const news = document.querySelector("[data-failed]");
const moves = () => stage.querySelector("[name=moves]").value;
const state = () => history.state || {};
const leaving = () => document.documentElement.classList.contains("left");

const NAME = "at:"; // window.name, for as long as the page in the other language takes to load
const TOO_SOON = 400; // ms in which a second tap belongs to the choice before
const SLOW = 1000; // ms after which a wait is put into words
const STAGE = /name="moves"[^]*<\/p>\s*$/;
const known = new Map([[moves(), stage.innerHTML]]); // what was shown after which moves
let asked = null; // the request that is on its way
let slow = 0;
let since = 0;

const isReply = (ctx) => ctx.request.body.get("move") !== "";

function say(words = "") {
  clearTimeout(slow);
  news.textContent = words;
}

function wait(ctx) {
  asked = ctx;
  stage.setAttribute("aria-busy", Boolean(ctx));
  say();
  if (ctx) slow = setTimeout(say, SLOW, news.dataset.slow);
}

// Back and Forward show what was seen there, and need the server only after the page was loaded again.
function travel(to) {
  if (asked) asked.request.abort();
  wait(null);
  if (known.has(to)) htmx.swap({ text: known.get(to), target: stage, sourceElement: stage, swap: "innerMorph" });
  else htmx.ajax("POST", location.pathname, { source: stage, target: stage, swap: "innerMorph", values: { moves: to, move: "" } });
}

document.addEventListener("htmx:before:request", (event) => {
  if (leaving()) event.preventDefault();
  else wait(event.detail.ctx);
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (ctx !== asked || leaving() || ctx.response.status !== 200 || !STAGE.test(ctx.text)) event.preventDefault();
});

document.addEventListener("htmx:after:swap", () => {
  since = performance.now();
  offerReminder();
  const part = stage.querySelector("[autofocus]");
  if (part) part.scrollIntoView({ block: "nearest" });
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx !== asked || leaving()) return;
  wait(null);
  if (ctx.status === "swapped") {
    known.set(moves(), stage.innerHTML);
    if (isReply(ctx)) history.pushState({ moves: moves(), behind: (state().behind || 0) + 1 }, "", location.pathname);
  } else {
    say(news.dataset.failed);
    if (!isReply(ctx)) keepInStep();
  }
});

// A date for the calendar of this device, in 14 days: made here, with a name that says nothing, and with
// an address of ours only for who ticked that.
const pair = (number) => String(number).padStart(2, "0");
const day = (date) => `${date.getFullYear()}${pair(date.getMonth() + 1)}${pair(date.getDate())}`;

function offerReminder() {
  const part = stage.querySelector("[data-remind]");
  if (part) part.hidden = false;
}

function remind({ dataset: { name, remind: path } }, withAddress) {
  const date = new Date();
  const now = date.toISOString().replace(/\.\d+|\W/g, ""); // 20261127T214500Z
  date.setDate(date.getDate() + 14);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calendar//EN", "BEGIN:VEVENT", `UID:${now}`];
  lines.push(`DTSTAMP:${now}`, `DTSTART;VALUE=DATE:${day(date)}`, `SUMMARY:${name}`);
  if (withAddress) lines.push(`URL:${location.origin}${path}`);
  lines.push("END:VEVENT", "END:VCALENDAR", "");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "text/calendar" }));
  link.download = "calendar.ics";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // some browsers ask first, and read it then
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-calendar]")) return;
  const part = event.target.closest("[data-remind]");
  remind(part, part.querySelector("input").checked);
});

// This entry is of what the page shows.
function keepInStep() {
  history.replaceState({ ...history.state, moves: moves() }, "", location.pathname);
}

addEventListener("popstate", () => {
  if (!leaving()) travel(state().moves || "");
});

document.addEventListener(
  "click",
  (event) => {
    const hit = event.target.closest("button, a[hreflang]");
    if (!hit) return;
    if (hit.matches("a")) window.name = moves() && NAME + moves();
    else if (asked || performance.now() - since < TOO_SOON) event.preventDefault();
  },
  true,
);

offerReminder();
if (window.name.startsWith(NAME)) {
  history.replaceState({ ...history.state, moves: window.name.slice(NAME.length) }, "", location.pathname);
  window.name = "";
}
if (state().moves === undefined) keepInStep(); // a page that came as the answer to a form
else if (state().moves !== moves()) travel(state().moves);
