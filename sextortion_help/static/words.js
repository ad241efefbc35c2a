// Ready-made words: fill in their blanks, copy, mail, print or share them. What is typed stays in this
// page: nothing is stored or sent, and it is gone as soon as the page is left.

const inputs = document.querySelectorAll("[data-fill]");
const blanks = document.querySelectorAll("[data-blank]");
const status = document.querySelector("[role=status][data-copied]");
const EMPTY = "____________________";

// A letter is there in three languages, of which one is seen.
const seen = (part) => [...document.querySelectorAll(part)].find((element) => element.offsetParent);
const text = () => seen("[data-words]").innerText;

function fill() {
  const typed = Object.fromEntries([...inputs].map((input) => [input.dataset.fill, input.value.trim()]));
  for (const blank of blanks) blank.textContent = typed[blank.dataset.blank] || EMPTY;
}

const actions = {
  async copy() {
    try {
      await navigator.clipboard.writeText(text());
      status.textContent = status.dataset.copied;
    } catch {
      // An old browser, or one that says no: mark the words, so that a hand can copy them.
      getSelection().selectAllChildren(seen("[data-words]"));
      status.textContent = status.dataset.marked;
    }
  },
  mail() {
    const subject = encodeURIComponent(seen("[data-subject]").innerText);
    location.href = `mailto:?subject=${subject}&body=${encodeURIComponent(text().replaceAll("\n", "\r\n"))}`;
  },
  print: () => print(),
  share: () => navigator.share({ text: text() }).catch(() => {}), // closed without choosing
};

for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", actions[button.dataset.do]);
  button.hidden = button.dataset.do === "share" && !navigator.share;
}
for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
addEventListener("input", fill);
// Also for a page the browser keeps in memory for Back.
addEventListener("pagehide", () => {
  for (const input of inputs) input.value = "";
  fill();
});
