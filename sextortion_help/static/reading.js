// Under a text that is being typed: how it reads. The server measures it, by the rules that hold when it
// is checked, so that no second copy of them is kept here. Nothing is stored, and the form works without.
const state = document.querySelector("#state[data-reading]")
const token = (document.querySelector("[name=csrfmiddlewaretoken]") || {}).value
const waiting = new Map()
const newest = new Map()
let last = Promise.resolve() // one text at a time: whoever goes through many fields keeps nobody else waiting

function output(field) {
  let found = field.parentElement.querySelector("output.reading")
  if (!found) {
    found = document.createElement("output")
    found.className = "reading"
    found.htmlFor.add(field.id)
    field.after(found)
  }
  return found
}

async function measure(field, language) {
  const asked = field.value
  newest.set(field, asked)
  const body = new URLSearchParams({ language, text: asked, reader: state.dataset.reader, csrfmiddlewaretoken: token })
  try {
    const answer = await fetch(state.dataset.reading, { method: "POST", body })
    if (!answer.ok || newest.get(field) !== asked) return
    const { said, hard, warnings } = await answer.json()
    const place = output(field)
    place.textContent = [said, ...warnings].filter(Boolean).join(" – ")
    place.classList.toggle("reading-hard", hard || warnings.length > 0)
  } catch { /* not measured: the check before publishing does */ }
}

function soon(event) {
  const field = event.target
  const language = field.localName === "textarea" && (field.name.match(/_([a-z]{2,3})$/) || [])[1]
  if (!language || !state.dataset.languages.split(" ").includes(language)) return
  clearTimeout(waiting.get(field))
  waiting.set(field, setTimeout(() => { last = last.then(() => measure(field, language)) }, 500))
}

if (state && token) for (const kind of ["input", "focusin"]) document.addEventListener(kind, soon)
