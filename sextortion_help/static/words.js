// Ready-made words: choose them, fill in their blanks, copy, mail, print or share them. What is chosen or
// typed stays in this page: nothing is stored or sent. What is typed is gone when the page is left.

const inputs = document.querySelectorAll("[data-fill]");
const blanks = document.querySelectorAll("[data-blank]");
const versions = document.querySelectorAll(".version");
const result = document.querySelector("[data-result]");
const status = document.querySelector("[role=status][data-copied]");
const added = document.createElement("span");
const EMPTY = "____________________";

// A letter is there in three languages, and words to tell somebody for every choice: one of them is shown.
// Its text as it is written: innerText has no line breaks in Safari.
const shown = (part) => document.querySelector(`.version:not([hidden]) ${part}`) || document.querySelector(`${part}:not([hidden])`);
const text = () => shown("[data-words]").textContent;

function fill() {
  const typed = {};
  for (const input of inputs) typed[input.dataset.fill] = input.value.trim();
  for (const blank of blanks) blank.textContent = typed[blank.dataset.blank] || EMPTY;
}

function chooseLanguage() {
  const chosen = document.querySelector("[name=version]:checked");
  for (const version of versions) version.hidden = chosen && version.lang !== chosen.value;
}

function chooseWords(event) {
  event.preventDefault(); // an answer to a form would be a page in history
  const chosen = [...event.target.querySelectorAll(":checked:not([name=detail])")].map((choice) => choice.value).join(" ");
  for (const words of result.querySelectorAll("[data-words]")) words.hidden = words.dataset.words !== chosen;
  const detail = event.target.querySelector("[name=detail]:checked");
  added.textContent = detail && detail.value ? ` ${detail.parentNode.textContent.trim()}` : "";
  shown("[data-words]").append(added);
  result.hidden = false;
  result.querySelector("h2").focus();
}

const actions = {
  async copy() {
    try {
      await navigator.clipboard.writeText(text());
      status.textContent = status.dataset.copied;
    } catch (error) {
      // An old browser, or one that says no: mark the words, so that a hand can copy them.
      getSelection().selectAllChildren(shown("[data-words]"));
      status.textContent = status.dataset.marked;
    }
  },
  mail() {
    const subject = encodeURIComponent(shown("[data-subject]").textContent);
    location.href = `mailto:?subject=${subject}&body=${encodeURIComponent(text().replace(/\n/g, "\r\n"))}`;
  },
  print: () => print(),
  share: () => navigator.share({ text: text() }).catch(() => {}), // closed without choosing
};
const possible = { copy: true, mail: true, print: window.print, share: navigator.share };

for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", actions[button.dataset.do]);
  button.hidden = !possible[button.dataset.do];
}
for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
if (result) document.querySelector("main form").addEventListener("submit", chooseWords);
addEventListener("input", fill);
addEventListener("change", chooseLanguage);
addEventListener("pageshow", chooseLanguage);
// Also for a page the browser keeps in memory for Back.
addEventListener("pagehide", () => {
  for (const input of inputs) input.value = "";
  fill();
});
