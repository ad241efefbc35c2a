// Asks before typing is lost, and keeps a copy of it in this tab until it is saved. Everything works
// without it. The copy is in sessionStorage: it ends with the tab, and nobody else can read it.
"use strict";
const script = document.currentScript
const passing = ["csrfmiddlewaretoken", "_kept", "seen", "stamp"]
const unsaved = document.querySelector("[data-unsaved]") // this page itself holds what is saved nowhere
const holder = unsaved && (unsaved.form || unsaved.closest("form"))
const secret = "[type=password], [autocomplete=one-time-code]"
const written = "textarea, input:not([type=hidden], [type=submit], [type=checkbox], [type=radio], [type=file])"

const pairs = form => [...new FormData(form)].filter(([name]) => !passing.includes(name) && !/(^|-)opened$/.test(name))
const words = form => JSON.stringify(pairs(form))

// the list that led to a form is no part of which form it is
function keyOf(index) {
  const query = new URLSearchParams(location.search)
  query.delete("_changelist_filters")
  return `typed:${location.pathname}?${query}${index ? `#${index}` : ""}`
}

function putBack(form, kept) {
  const values = new Map()
  for (const [name, value] of kept) values.set(name, [...(values.get(name) || []), value])
  for (const [name, [total]] of values) {
    if (!name.endsWith("-TOTAL_FORMS")) continue
    const group = document.getElementById(`${name.slice(0, -12)}-group`)
    for (let rows = +form.elements[name].value; group && rows < +total && rows < 100; rows++) group.querySelector(".add-row a")?.click()
  }
  for (const field of form.elements) {
    const found = values.get(field.name) || []
    if (field.type === "checkbox" || field.type === "radio") field.checked = found.includes(field.value)
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = found.includes(option.value)
    else if (found.length && field.type !== "hidden" && field.type !== "submit") field.value = found[0]
  }
}

function offer(form, kept) {
  const note = document.createElement("p")
  const button = document.createElement("button")
  note.className = "errornote"
  note.textContent = `${script.dataset.notSaved} `
  button.type = "button"
  button.textContent = script.dataset.putBack
  button.addEventListener("click", () => { putBack(form, kept); note.remove() })
  note.append(button)
  const state = form.querySelector("#state")
  if (state) state.append(note)
  else form.prepend(note)
}

const isWritten = form => form.querySelector(written) && !form.querySelector(secret)

function watch(form, index) {
  const key = keyOf(index)
  const keeps = isWritten(form)
  let before = form === holder ? null : words(form)
  let sending = false
  let typed = false
  addEventListener("load", () => {
    if (before !== null && !typed) before = words(form) // Django's own scripts have filled in what they fill in
    const kept = keeps && sessionStorage.getItem(key)
    if (kept && before !== null && kept !== before) offer(form, JSON.parse(kept))
  })
  const keep = () => {
    typed = true
    try { if (keeps) sessionStorage.setItem(key, words(form)) } catch { /* too long to keep: leaving still asks */ }
  }
  form.addEventListener("input", keep)
  form.addEventListener("change", keep)
  form.addEventListener("submit", () => {
    if (keeps) {
      keep()
      try { sessionStorage.setItem("sent", key) } catch { /* as above */ }
    }
    sending = true
    setTimeout(() => { sending = false }, 15000)
  })
  addEventListener("beforeunload", event => { if (!sending && words(form) !== before) event.preventDefault() })
}

if (document.querySelector(".messagelist .success")) { // what was sent is saved; what waits elsewhere is not
  sessionStorage.removeItem(sessionStorage.getItem("sent"))
  sessionStorage.removeItem("sent")
}
// another form's success says nothing of this one; a page that holds what was sent goes on with it
document.addEventListener("submit", () => { if (!unsaved) sessionStorage.removeItem("sent") }, true)
const forms = [...document.querySelectorAll("#content form[method=post]")]
forms.filter(form => form === holder || isWritten(form)).forEach(watch)
addEventListener("load", () => document.querySelector("#errors")?.focus())

// A link to a field takes the focus there: a browser alone only scrolls to it. A list of boxes has none itself.
document.addEventListener("click", event => {
  const link = event.target.closest?.('a[href^="#"]')
  const target = link && document.getElementById(link.hash.slice(1))
  const field = target?.matches("input, select, textarea, [tabindex]") ? target : target?.querySelector("input, select, textarea")
  field?.focus()
})
