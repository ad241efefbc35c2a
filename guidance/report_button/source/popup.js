// Shows the address of the page on which the button was pressed, and the hotlines of a country. Copies
// that address and opens a hotline's own form. It reads no page, sends nothing and keeps nothing.

import { judge } from "./address.js";
import countries from "./hotlines.js";

const say = chrome.i18n.getMessage;
const part = (id) => document.getElementById(id);
const language = say("language");
const choices = countries[language];
let here = {}; // the tab on which the button was pressed

function element(name, text, more = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, more);
}

// The country of this device: by its clock, else by the region of its language.
function likely() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const region = navigator.language.split("-")[1];
  return choices.find((each) => each.zone === zone) || choices.find((each) => each.code === region) || choices[0];
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    // That it is written is said before it is, and never is if a new tab shuts this popup first: what asks
    // the browser and hears its answer comes after it.
    await chrome.tabs.query({ active: true, currentWindow: true });
    return true;
  } catch {
    part("address").select(); // so that a hand can copy it
    return false;
  }
}

async function report(form) {
  const { href } = judge(part("address").value.trim());
  const done = part("done");
  if (!href) {
    done.textContent = say("empty");
    part("address").focus();
  } else if (!(await copy(href))) done.textContent = say("marked");
  else {
    done.textContent = say(navigator.onLine ? "copied" : "copied_offline");
    // in the window of that tab, so that a private one stays private
    if (navigator.onLine) await chrome.tabs.create({ url: form, windowId: here.windowId });
  }
}

function card(hotline) {
  const section = document.createElement("section");
  const spoken = hotline.languages.map((code) => new Intl.DisplayNames(language, { type: "language" }).of(code));
  const button = element("button", say(navigator.onLine ? "report" : "report_offline"), { type: "button" });
  const name = element("h2", hotline.name, { id: hotline.code });
  button.setAttribute("aria-describedby", name.id);
  button.addEventListener("click", () => report(hotline.form));
  section.append(name, element("p", [hotline.about, hotline.cost].filter(Boolean).join(" · ")));
  if (spoken.length) section.append(element("p", say("spoken", spoken.join(", "))));
  section.append(button);
  return section;
}

function show() {
  const country = choices[part("country").selectedIndex];
  part("offline").textContent = navigator.onLine ? "" : say("offline");
  part("danger").textContent = country.emergency ? say("danger", country.emergency) : "";
  part("hotlines").replaceChildren(...country.hotlines.map(card));
  if (country.gap) part("hotlines").prepend(element("p", country.gap));
}

document.documentElement.lang = language;
document.title = say("name");
for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
part("country").append(...choices.map((each) => element("option", each.name, { selected: each === likely() })));
part("country").addEventListener("change", show);
part("address").addEventListener("input", () => (part("done").textContent = ""));
addEventListener("online", show);
addEventListener("offline", show);
show();

[here] = await chrome.tabs.query({ active: true, currentWindow: true });
const { kind, href } = judge(here.url);
part("kind").textContent = say(`kind_${kind}`);
part("address").value = href;
document.documentElement.dataset.kind = kind;
