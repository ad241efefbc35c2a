// Shows the self-check one part at a time. Which part is kept in history.state, on an address that
// never changes: nothing is requested, stored or sent. A place is a question's code, or a question's
// and its answer's: the answer that led here.

import "./voice.js"; // served within this file: see storage.py

const quiz = document.querySelector("[data-quiz]");
const start = quiz.querySelector(".start");
const places = new Map();
for (const part of quiz.querySelectorAll("[data-step]")) {
  places.set(part.dataset.step, { part });
  for (const from of part.querySelectorAll(".from")) places.set(from.id, { part, from });
}

const NAME = "at:"; // window.name, for as long as the page in the other language takes to load
const MARGIN = 8; // px between an answer and the dock
const TOO_SOON = 400; // ms in which a second tap belongs to the answer before
let at = "";
let since = 0;

function show(place) {
  at = places.has(place) ? place : "";
  const { part, from } = places.get(at) || { part: start };
  for (const element of quiz.querySelectorAll(".now")) element.classList.remove("now");
  part.classList.add("now");
  const heading = part.querySelector("h2");
  if (from) {
    from.classList.add("now");
    // what we say to an answer is heard before the next question
    heading.setAttribute("aria-labelledby", `${from.id} ${heading.id}`);
  } else heading.removeAttribute("aria-labelledby");
  since = performance.now();
  return heading;
}

// On a small screen the first answer must be whole above the dock; so must one that would be cut by it, as
// long as the question stays in sight.
function settle(heading) {
  const edge = document.querySelector(".dock").getBoundingClientRect().top - MARGIN;
  scrollTo(0, 0);
  const top = heading.getBoundingClientRect().top;
  let by = 0;
  for (const [place, target] of heading.parentElement.querySelectorAll(".choices a, .below > *").entries()) {
    const box = target.getBoundingClientRect();
    const cut = box.top < edge + MARGIN + by && box.bottom > edge + by;
    if (box.bottom > edge && (place === 0 || (cut && box.bottom - edge < top))) by = box.bottom - edge;
  }
  scrollTo(0, by);
}

function goTo(place) {
  const heading = show(place);
  heading.focus({ preventScroll: true });
  settle(heading);
}

// `steps` counts the entries behind this one that lead back through the answers. There are none after a
// change of language: "previous" is then a new entry, and Back from there is not "previous" either.
function stepTo(place, steps = ((history.state || {}).steps || 0) + 1) {
  const { behind = 0 } = history.state || {};
  history.pushState({ at: place, steps, behind: behind + 1 }, "", location.pathname);
  goTo(place);
}

function stepBack(part) {
  if ((history.state || {}).steps) return history.back();
  const from = part.querySelector(".from.now") || part.querySelector(".from");
  stepTo(from ? from.id.slice(0, start.dataset.step.length) : "", 0);
}

// Where to be after loading or moving through history: an address with a fragment comes from a visit
// without script, and is forgotten at once.
function arrive() {
  let place = (history.state || {}).at || "";
  if (window.name.startsWith(NAME)) {
    place = window.name.slice(NAME.length);
    window.name = "";
  } else if (location.hash) {
    place = location.hash.slice(1);
  }
  // `behind` is kept for exit.js
  if (place) history.replaceState({ ...history.state, at: place }, "", location.pathname);
  if (place) goTo(place);
  else settle(show(""));
}

addEventListener("popstate", () => {
  if (location.hash) arrive();
  else goTo((history.state || {}).at);
});

document.addEventListener("click", (event) => {
  const hit = event.target.closest("a[href^='#'], a[hreflang], [data-back]");
  if (!hit || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (hit.hasAttribute("hreflang")) {
    window.name = at && NAME + at;
    return;
  }
  event.preventDefault();
  if (performance.now() - since < TOO_SOON) return;
  if (hit.matches(".skip")) quiz.querySelector(".now h2").focus();
  else if (hit.hasAttribute("data-back")) stepBack(hit.closest("[data-step]"));
  else stepTo(hit.hash.slice(1));
});

quiz.classList.add("stepping");
arrive();
// Before the first frame the font may still come, and with it a line more or less.
const arrived = scrollY;
document.fonts.ready.then(() => {
  if (scrollY === arrived) settle(quiz.querySelector(".now h2"));
});
