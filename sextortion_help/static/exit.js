// The way out: the screen is covered at once, then this tab leaves so that Back shows no page of ours.
// First in the head and classic, in words that every phone since 2019 can read: it must know before
// anything else whether this page is one that history brings up while somebody leaves.
// Nothing is stored, and nothing is requested but the neutral site. See docs/decisions/0030.
"use strict"; // else the functions in this block do not know its constants in Safari before 17.2
{
  const PATIENCE = 3000; // ms for a page to load
  const SHIFTS = 3;
  const WITHIN = 5000; // ms
  const LEAVING = "left"; // in window.name, from the tap until the neutral site
  const CARRIED = /^b(\d+) ?/; // in window.name, from one page of ours to the next

  const root = document.documentElement;
  const targets = document.currentScript.dataset.to.split(" ");
  const state = () => history.state || {};
  const say = (word) => {
    const toast = document.querySelector("[data-shift]");
    if (toast) toast.textContent = word ? toast.dataset[word] : "";
  };
  let leaving = false;
  let gone = false; // to the neutral site, as far as this page can tell
  let cutting = false;
  let timers = [];

  // How many pages of ours stand directly behind this one in this tab. Each entry keeps its number in
  // history.state. A browser that can count them itself knows better.
  let behind = 0;
  let loadedAt = 0; // the number with which this document came

  // Other scripts may have gone on to a new entry since.
  function count() {
    behind = state().behind || 0;
    return window.navigation && navigation.currentEntry ? navigation.currentEntry.index : behind;
  }

  function number(next) {
    if (state().behind === undefined) history.replaceState(Object.assign({}, history.state, { behind: next }), "");
    count();
  }

  // A page that leaves puts a mark where a page loaded after it can read it, and one where a page can that
  // the browser has kept in memory. Where there is no such place, a message makes it drop those pages.
  const isLeaving = () =>
    window.name === LEAVING ||
    state().left ||
    (window.navigation && navigation.entries().some((entry) => (entry.getState() || {}).left));

  const channel = !window.navigation && window.BroadcastChannel && new BroadcastChannel(LEAVING);

  // A page that Back brings up, but in which this script has never run: it was left before the script had
  // come. Nobody knows how; so it is taken for an exit.
  function wasLeftTooSoon() {
    const [entry] = performance.getEntriesByType("navigation");
    const back = entry ? entry.type === "back_forward" : performance.navigation.type === 2;
    return back && !history.state && !window.name;
  }

  function leave() {
    if (leaving) return;
    leaving = true;
    root.classList.add("left");
    document.title = new URL(targets[0]).hostname;
    say("leaving");
    window.name = LEAVING;
    if (window.navigation) navigation.updateCurrentEntry({ state: { left: true } });
    if (channel) channel.postMessage("");
    if (!navigator.onLine) return; // the cover says what to do; an error page would leave Back to us
    timers = targets.map((target, turn) => setTimeout(goTo, PATIENCE * (turn + 1), target));
    clearTheWay();
  }

  // Go to the first of our entries, and cut off those after it. What Forward finds then, leaves again.
  function clearTheWay() {
    const steps = Math.max(0, Math.min(count(), history.length - 1));
    if (state().left) goTo(targets[0]);
    else if (!steps) {
      cutting = true;
      history.pushState({ left: true, behind: 1 }, "");
      history.back();
    } else if (!loadedAt) history.go(-steps);
    else ifTheServerAnswers(() => history.go(-steps));
  }

  // A page that history must load from a server that is away would be the browser's error page: there this
  // script ends, and the exit with it.
  function ifTheServerAnswers(then) {
    fetch(location.pathname, { method: "HEAD", cache: "no-store" })
      .then((answer) => leaving && !gone && (answer.ok ? then() : goTo(targets[0])))
      .catch(() => goTo(targets[0]));
  }

  function goTo(target) {
    if (!leaving) return;
    gone = true;
    window.name = "";
    location.replace(target);
  }

  function appear() {
    if (isLeaving()) leave();
    else if (!leaving) root.classList.remove("left");
  }

  document.addEventListener("click", (event) => {
    count(); // before a link within the page
    if (!event.target.closest("[data-exit]")) return;
    event.preventDefault();
    leave();
  });

  addEventListener("popstate", () => {
    number(behind + 1); // an entry of a link within the page
    if (!leaving) return;
    if (gone || !cutting) clearTheWay();
    else if (!state().left) goTo(targets[0]);
  });

  // The number goes along to the next page: some browsers have given that its name before they tell this
  // one that it is left, others never ask before. A page that was kept goes on as if it were new.
  function carry() {
    count();
    if (!leaving) window.name = `b${behind} ${window.name.replace(CARRIED, "")}`;
  }
  addEventListener("beforeunload", carry);
  addEventListener("pagehide", () => {
    carry();
    leaving = gone = cutting = false;
    timers.forEach(clearTimeout);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted && window.name !== LEAVING) window.name = "";
    appear();
  });

  addEventListener("online", () => {
    if (!leaving) return;
    leaving = false;
    leave();
  });

  // Blank in the app switcher, and when the browser keeps the page for Back.
  const hide = () => root.classList.toggle("away", document.hidden);
  document.addEventListener("visibilitychange", hide);
  addEventListener("pageshow", hide);

  // Three times Shift alone, unless somebody is typing.
  let presses = [];
  let alone = false;
  const typing = () =>
    document.activeElement &&
    document.activeElement.matches("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

  function press() {
    const now = performance.now();
    presses = presses.concat(now).filter((each) => now - each < WITHIN);
    if (presses.length >= SHIFTS) leave();
    else say(presses.length > 1 ? "again" : "twice");
    setTimeout(() => presses[presses.length - 1] === now && !leaving && say(""), WITHIN);
  }

  addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey && !typing();
    if (alone || event.key === "Shift") return;
    presses = [];
    if (!leaving) say("");
  });
  for (const other of ["pointerdown", "mousedown", "wheel", "touchstart"]) {
    addEventListener(other, () => (alone = false), { passive: true });
  }
  addEventListener("keyup", (event) => {
    if (event.key === "Shift" && alone) press();
    alone = false;
  });

  const carried = CARRIED.exec(window.name);
  if (wasLeftTooSoon()) window.name = LEAVING;
  else if (carried) window.name = window.name.slice(carried[0].length);
  number(carried ? Number(carried[1]) + 1 : 0);
  loadedAt = behind;
  appear();
  root.classList.add("ready");
  // A step of the self-check in window.name is for the self-check only. Elsewhere the number stands there
  // from the start: where an address is typed, some browsers do not wait for it.
  addEventListener("DOMContentLoaded", () => {
    if (!leaving) window.name = "";
    if (!document.querySelector("[data-quiz]")) carry();
  });
}
