// A story in pictures, one at a time: played, paused and stepped by the reader, never by itself. Without
// this script, and for who wants less motion, all pictures stand on the page with their words.

const player = document.querySelector("[data-player]");
const page = player.closest("article");
const list = page.querySelector(".steps");
const scenes = [...list.children];
const button = player.querySelector("[data-play]");
const more = player.querySelectorAll("[data-step], [data-all]");
const words = { play: button.textContent, pause: button.dataset.pause };
const LOOK = 4000; // ms for a picture,
const READ = 450; // and for each of its words
let at = 0;
let timer = 0;

function rest() {
  clearTimeout(timer);
  timer = 0;
  button.textContent = words.play;
  page.classList.add("resting");
}

function show(number) {
  at = Math.min(Math.max(number, 0), scenes.length - 1);
  for (const scene of scenes) scene.classList.toggle("now", scene === scenes[at]);
  player.querySelector("[data-at]").textContent = player.dataset.count.replace("NUMBER", at + 1);
}

// Shows this picture, and goes on after the time it takes to look and read.
function play() {
  clearTimeout(timer);
  button.textContent = words.pause;
  page.classList.remove("resting");
  const last = at === scenes.length - 1;
  const time = LOOK + READ * scenes[at].textContent.trim().split(/\s+/).length;
  timer = setTimeout(() => {
    if (last) return rest();
    show(at + 1);
    play();
  }, time);
}

function open(opened) {
  page.classList.toggle("moving", opened);
  list.setAttribute("aria-live", opened ? "polite" : "off"); // a caption that comes is read aloud
  for (const each of more) each.hidden = !opened;
  player.querySelector("[data-at]").hidden = !opened;
}

player.addEventListener("click", (event) => {
  const hit = event.target.closest("button");
  if (!hit) return;
  if (hit.hasAttribute("data-all")) {
    rest();
    open(false);
    button.focus();
  } else if (hit.dataset.step) {
    rest();
    page.classList.remove("resting"); // what is stepped to moves once, and stays
    show(at + Number(hit.dataset.step));
  } else if (timer) rest();
  else {
    const again = !page.classList.contains("moving") || at === scenes.length - 1;
    open(true);
    if (again) show(0);
    play();
  }
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden && timer) rest();
});

player.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
