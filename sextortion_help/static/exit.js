// The way out: the screen is covered at once, then this tab leaves so that Back shows no page of ours.
// Nothing is stored, and nothing is requested but the neutral site.

const PATIENCE = 3000; // ms for that page to load
const SHIFTS = 3;
const WITHIN = 5000; // ms

const root = document.documentElement;
const link = document.querySelector("[data-exit]");
const toast = document.querySelector("[data-shift]");
const target = link.dataset.exit;
const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));
// A page of ours that leaves puts a mark on its entry; any other that is brought up, leaves too. Pages kept
// in memory for Back see the mark as well; a new window.name they would not see.
const isLeaving = () => history.state?.left || window.navigation?.entries().some((entry) => entry.getState()?.left);
let leaving = false;

async function leave() {
  if (leaving) return;
  leaving = true;
  root.classList.add("left");
  document.title = new URL(target).hostname;
  toast.textContent = toast.dataset.leaving;
  window.navigation?.updateCurrentEntry({ state: { left: true } });
  if (!navigator.onLine) return; // the cover says what to do; an error page would leave Back to us
  try {
    if (window.navigation && !history.state?.left) await clearTheWay();
  } catch {
    // Too slow, or not possible here: leaving comes first.
  }
  location.replace(target);
}

// Go to the first of our entries, and cut off those after it. What Forward finds then, leaves again.
async function clearTheWay() {
  const first = navigation.entries()[0];
  if (navigation.currentEntry.key !== first.key) {
    await moved(navigation.traverseTo(first.key));
  }
  history.pushState({ left: true }, "");
  await moved(navigation.back());
}

function moved({ committed, finished }) {
  committed.catch(() => {}); // it says the same as finished
  return Promise.race([finished, late()]);
}

function appear() {
  if (isLeaving()) leave();
  else if (!leaving) root.classList.remove("left");
  root.classList.toggle("away", document.hidden);
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// A page that was kept for Back goes on as it was: the name it left with must go, or giving it the same
// again, in check.js and chat.js, would do nothing.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    leaving = false;
    window.name = "";
  }
  appear();
});

addEventListener("online", () => {
  if (!leaving) return;
  leaving = false;
  leave();
});

// Blank in the app switcher, and when the browser keeps the page for Back.
document.addEventListener("visibilitychange", appear);

// Three times Shift alone, unless somebody is typing.
let presses = [];
let alone = false;
const typing = () => document.activeElement?.matches("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

function count() {
  const now = performance.now();
  presses = [...presses, now].filter((press) => now - press < WITHIN);
  if (presses.length >= SHIFTS) leave();
  else toast.textContent = presses.length > 1 ? toast.dataset.again : toast.dataset.twice;
  setTimeout(() => presses.at(-1) === now && !leaving && (toast.textContent = ""), WITHIN);
}

addEventListener("keydown", (event) => {
  alone = event.key === "Shift" && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey && !typing();
  if (alone || event.key === "Shift") return;
  presses = [];
  if (!leaving) toast.textContent = "";
});
addEventListener("pointerdown", () => (alone = false));
addEventListener("keyup", (event) => {
  if (event.key === "Shift" && alone) count();
  alone = false;
});

// A step of the self-check in window.name is for the self-check only.
if (!document.querySelector("[data-quiz]")) window.name = "";
appear();
