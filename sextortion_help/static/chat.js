// The practice chat: each move is one entry in this tab's history, on an address that never changes,
// so that Back takes one reply back. The moves are in the page and in history.state, nowhere else.

const stage = document.querySelector("#stage");
const moves = () => stage.querySelector("[name=moves]").value;

const NAME = "at:"; // window.name, for as long as the page in the other language takes to load
const TOO_SOON = 400; // ms in which a second tap belongs to the choice before
let since = 0;
let travelling = false;

function travel(to) {
  travelling = true;
  htmx.ajax("POST", location.pathname, { source: stage, target: stage, swap: "innerMorph", values: { moves: to, move: "" } });
}

document.addEventListener("htmx:after:swap", () => {
  if (!travelling) history.pushState({ moves: moves(), behind: ((history.state || {}).behind || 0) + 1 }, "", location.pathname);
  travelling = false;
  since = performance.now();
  stage.querySelector("[autofocus]")?.scrollIntoView({ block: "nearest" });
});

addEventListener("popstate", () => {
  if (!document.documentElement.classList.contains("left")) travel(history.state?.moves ?? "");
});

document.addEventListener(
  "click",
  (event) => {
    const hit = event.target.closest("button, a[hreflang]");
    if (hit?.matches("a")) window.name = moves() && NAME + moves();
    else if (hit && performance.now() - since < TOO_SOON) event.preventDefault();
  },
  true,
);

if (window.name.startsWith(NAME)) {
  history.replaceState({ ...history.state, moves: window.name.slice(NAME.length) }, "", location.pathname);
  window.name = "";
}
if (history.state?.moves) travel(history.state.moves);
