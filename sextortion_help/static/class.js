// The hands of a class, counted on the board. The fields have no name, so no form sends what is typed in
// them; nothing is stored, and all is gone with the turn.

const stage = document.querySelector("#stage");
const fields = () => [...stage.querySelectorAll("[data-hands]")];
const hands = (field) => Math.max(0, Number(field.value) || 0);

// The field of the reply with the most hands; undefined as long as nobody raised one, null for a tie.
function winner() {
  const most = Math.max(...fields().map(hands));
  const first = fields().filter((field) => most && hands(field) === most);
  return first.length > 1 ? null : first[0];
}

stage.addEventListener("input", (event) => {
  if (!event.target.matches("[data-hands]")) return;
  const won = winner();
  for (const field of fields()) field.closest(".vote").classList.toggle("most", field === won);
  const said = stage.querySelector("[data-most]");
  const reply = won && won.closest(".vote").querySelector("button").textContent;
  said.textContent = won ? `${said.dataset.most} ${reply}` : won === null ? said.dataset.tie : "";
});

// Enter goes on to the reply that won; it is pressed by hand, so that a slip of a digit chooses nothing.
stage.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-hands]")) return;
  event.preventDefault();
  const won = winner();
  if (won) won.closest(".vote").querySelector("button").focus();
});

addEventListener("pagehide", () => {
  for (const field of fields()) field.value = "";
});
