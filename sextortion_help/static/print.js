// A card to tick off, or a poster: the button that prints it, where there is printing. The ticks are gone
// when the page is left.

for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = !window.print;
document.querySelector("[data-print]").addEventListener("click", () => print());
addEventListener("pagehide", () => {
  for (const tick of document.querySelectorAll("[type=checkbox]")) tick.checked = false;
});
