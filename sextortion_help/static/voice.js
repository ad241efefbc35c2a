import "./place.js"; // served within this file: see storage.py

// Reads a page aloud, with the sentence marked that is heard: begun by a tap alone, ended by any tap or key.
// Only by a voice that says that it runs on this device: any other would be sent what is read.
const voices = window.speechSynthesis;
const button = document.querySelector("[data-stop]");
const main = document.querySelector("main");
const START = button && button.textContent;
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd";
const LEFT_OUT = ".numbers, .groups, .elsewhere, .below, .progress, noscript, button, [data-voice]";
// up to a sign that ends a sentence and the blank after it; what is left over is one too, or goes on
const SENTENCE = /[^]+?[.!?…:][\s”»")]*\s|[^]+$/g;
const ENDED = /[.!?…:][\s”»")]*$/;

let sentences = []; // of pieces: a link within a sentence makes three
let pieces = [];
let heard = [];
let said = null; // kept, or Chrome forgets to tell that it has ended

// That of the country first: Dutch of Belgium in Belgium.
function voice() {
  const tag = (text) => text.replace("_", "-").toLowerCase();
  const wanted = tag(document.documentElement.lang);
  const own = voices.getVoices().filter((each) => each.localService === true && tag(each.lang).slice(0, 2) === wanted.slice(0, 2));
  return own.find((each) => tag(each.lang) === wanted) || own[0];
}

function cut() {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  let block, open;
  for (const node of nodes) {
    const parent = node.parentElement;
    const own = parent.closest(BLOCKS);
    if (!own || !node.data.trim() || parent.closest(LEFT_OUT) || !parent.getClientRects().length) continue;
    if (own !== block) open = null;
    block = own;
    for (const words of node.data.match(SENTENCE)) {
      const piece = document.createElement("span");
      piece.textContent = words;
      node.before(piece);
      pieces.push(piece);
      if (!open) sentences.push((open = []));
      open.push(piece);
      if (ENDED.test(words)) open = null;
    }
    node.remove();
  }
}

function mark(next) {
  for (const piece of heard) piece.classList.remove("heard");
  for (const piece of next) piece.classList.add("heard");
  heard = next;
}

function read() {
  const own = voice();
  if (!sentences.length || !own) return stop();
  mark(sentences.shift());
  heard[0].scrollIntoView({ block: "nearest" });
  const next = new SpeechSynthesisUtterance(heard.map((piece) => piece.textContent).join(" "));
  next.voice = own;
  next.lang = own.lang;
  next.onend = () => next === said && read();
  next.onerror = () => next === said && stop();
  said = next;
  voices.speak(next);
}

function stop() {
  if (!button || !pieces.length) return;
  said = null;
  voices.cancel();
  mark([]);
  for (const piece of pieces) {
    const { parentNode } = piece;
    piece.replaceWith(piece.firstChild);
    parentNode.normalize();
  }
  sentences = [];
  pieces = [];
  button.textContent = START;
}

if (voices && button) {
  const offer = () => (button.parentElement.hidden = !voice());
  offer();
  voices.onvoiceschanged = offer; // some browsers know them only later
  button.addEventListener("click", () => {
    if (pieces.length) return stop();
    cut();
    button.textContent = button.dataset.stop;
    read();
  });
  // its own tap and its own keys are a click, which would begin again what they end
  const elsewhere = (event) => event.target !== button && stop();
  addEventListener("pointerup", elsewhere, true);
  addEventListener("click", elsewhere, true);
  addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " " ? elsewhere(event) : stop()), true);
  addEventListener("popstate", stop); // Back, within the self-check
  addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
}
