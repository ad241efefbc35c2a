// The preview beside the form, on a wide screen: what is saved, or, if one wants, what is typed and not saved.
// Without it there are the buttons "Save and preview". What is typed is sent as the form would be, into a
// frame of its own; the server takes nothing of it.
const aside = document.querySelector("#beside")
const form = document.querySelector("#content-main form[method=post]")
const WAIT = 1200 // ms after the last key
const KEPT = "beside" // how this member likes it, in this browser
const PLACE = `beside:${location.pathname}` // which page of the preview was looked at, in this tab

if (aside && form) {
  const toggle = document.querySelector("#beside-toggle")
  const places = [...aside.querySelectorAll("[data-place]")]
  const follows = aside.querySelector("#beside-typed")
  const said = aside.querySelector("#beside-said")
  const wide = matchMedia("(min-width: 1200px)")
  const liked = read()
  let frame = null
  let number = 0
  let timer = 0
  let typed = false // something was, since the page was opened

  const isOpen = () => toggle.getAttribute("aria-expanded") === "true" && wide.matches
  const chosen = () => places.find(one => one.getAttribute("aria-pressed") === "true")

  // A new frame each time, so that Back leads from the form, not through every preview of it.
  function renew(fill) {
    const old = frame
    const top = (old && old.contentWindow && old.contentWindow.scrollY) || 0
    const next = document.createElement("iframe")
    next.title = aside.dataset.title
    // a name that no page of ours keeps anything in: see exit.js
    next.name = `shown-${number += 1}`
    next.addEventListener("load", () => {
      if (next !== frame || next.contentWindow.location.href === "about:blank") return
      aside.querySelectorAll("iframe").forEach(one => { if (one !== next) one.remove() })
      next.classList.remove("beside-coming")
      if (top && !next.contentWindow.location.hash) next.contentWindow.scrollTo(0, top)
    })
    if (old) next.className = "beside-coming"
    frame = next
    fill(next)
  }

  function showSaved(url) {
    renew(next => { next.src = url; aside.append(next) })
    said.textContent = aside.dataset.savedSaid
  }

  function showTyped() {
    const url = new URL(chosen().dataset.url, location.href)
    renew(next => {
      aside.append(next)
      const before = ["action", "target"].map(name => [name, form.getAttribute(name)])
      form.setAttribute("action", `${aside.dataset.typed}${chosen().dataset.place}/${url.search}${url.hash}`)
      form.setAttribute("target", next.name)
      HTMLFormElement.prototype.submit.call(form) // no submit event: nothing is taken for saved
      for (const [name, value] of before) value === null ? form.removeAttribute(name) : form.setAttribute(name, value)
    })
    said.textContent = aside.dataset.typedSaid
  }

  function refresh() {
    clearTimeout(timer)
    if (!isOpen()) return
    if (follows.checked && typed) showTyped()
    else showSaved(chosen().dataset.url)
  }

  function press(place) {
    for (const one of places) one.setAttribute("aria-pressed", String(one === place))
  }

  function open(is) {
    toggle.setAttribute("aria-expanded", String(is))
    arrange()
  }

  function arrange() {
    toggle.parentElement.hidden = !wide.matches
    aside.hidden = !isOpen()
    document.documentElement.classList.toggle("with-beside", isOpen())
    if (isOpen() && !frame) {
      const last = sessionStorage.getItem(PLACE)
      const here = new URL(chosen().dataset.url, location.href).pathname
      if (last && last.startsWith(here) && !follows.checked) showSaved(last)
      else refresh()
    }
  }

  function read() {
    try { return JSON.parse(localStorage.getItem(KEPT)) || {} } catch { return {} }
  }

  function keep() {
    const value = { open: toggle.getAttribute("aria-expanded") === "true", place: chosen().dataset.place, typed: follows.checked }
    try { localStorage.setItem(KEPT, JSON.stringify(value)) } catch { /* then it is as it always is */ }
  }

  toggle.addEventListener("click", () => { open(toggle.getAttribute("aria-expanded") !== "true"); keep() })
  for (const place of places) place.addEventListener("click", () => { press(place); keep(); refresh() })
  follows.addEventListener("change", () => { keep(); if (typed) refresh() })
  form.addEventListener("input", () => {
    typed = true
    clearTimeout(timer)
    if (follows.checked && isOpen()) timer = setTimeout(refresh, WAIT)
  })
  addEventListener("pagehide", () => {
    try { if (frame) sessionStorage.setItem(PLACE, frame.contentWindow.location.pathname + frame.contentWindow.location.search) } catch { /* it is at another site */ }
  })
  wide.addEventListener("change", arrange)

  press(places.find(one => one.dataset.place === liked.place) || places[0])
  follows.checked = Boolean(liked.typed)
  open(Boolean(liked.open))
}
