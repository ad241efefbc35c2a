// Asks before typing is lost, and keeps a copy of it in this tab until it is saved. Everything works
// without it. The copy is in sessionStorage: it ends with the tab, and nobody else can read it.
const form = document.querySelector("#content-main form[method=post]")
const key = `typed:${location.pathname}`
const passing = ["csrfmiddlewaretoken", "_kept"]

const pairs = () => [...new FormData(form)].filter(([name]) => !passing.includes(name) && !/(^|-)opened$/.test(name))
const words = () => JSON.stringify(pairs())

function putBack(kept) {
  const values = Map.groupBy ? Map.groupBy(kept, ([name]) => name) : new Map(kept.map(pair => [pair[0], kept.filter(([name]) => name === pair[0])]))
  for (const [name, [[, total]]] of values) {
    if (!name.endsWith("-TOTAL_FORMS")) continue
    const group = document.getElementById(`${name.slice(0, -12)}-group`)
    for (let rows = +form.elements[name].value; group && rows < +total && rows < 100; rows++) group.querySelector(".add-row a")?.click()
  }
  for (const field of form.elements) {
    const found = (values.get(field.name) || []).map(([, value]) => value)
    if (field.type === "checkbox" || field.type === "radio") field.checked = found.includes(field.value)
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = found.includes(option.value)
    else if (found.length && field.type !== "hidden" && field.type !== "submit") field.value = found[0]
  }
}

function offer(state, kept) {
  const note = document.createElement("p")
  const button = document.createElement("button")
  note.className = "errornote"
  note.textContent = `${state.dataset.notSaved} `
  button.type = "button"
  button.textContent = state.dataset.putBack
  button.addEventListener("click", () => { putBack(kept); note.remove() })
  note.append(button)
  state.append(note)
}

if (document.querySelector(".messagelist .success")) {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith("typed:")) sessionStorage.removeItem(name)
}

if (form) {
  const state = document.querySelector("#state")
  let before = document.querySelector("[data-unsaved]") ? null : words()
  let sending = false
  let typed = false
  addEventListener("load", () => {
    if (before !== null && !typed) before = words() // Django's own scripts have filled in what they fill in
    const kept = sessionStorage.getItem(key)
    if (state && kept && before !== null && kept !== before) offer(state, JSON.parse(kept))
    document.querySelector("#errors")?.focus()
  })
  const keep = () => {
    typed = true
    try { sessionStorage.setItem(key, words()) } catch { /* too long to keep: leaving still asks */ }
  }
  form.addEventListener("input", keep)
  form.addEventListener("change", keep)
  form.addEventListener("submit", () => {
    keep()
    sending = true
    setTimeout(() => { sending = false }, 15000)
  })
  addEventListener("beforeunload", event => { if (!sending && words() !== before) event.preventDefault() })
}

// A link to a field takes the focus there: a browser alone only scrolls to it. A list of boxes has none itself.
document.addEventListener("click", event => {
  const link = event.target.closest?.('a[href^="#"]')
  const target = link && document.getElementById(link.hash.slice(1))
  const field = target?.matches("input, select, textarea, [tabindex]") ? target : target?.querySelector("input, select, textarea")
  field?.focus()
})
