// The clock this device is set to, beside those of our countries. Where it is that of another one, a line
// says so and repeats the link there. Nothing is asked, sent or kept, and nobody is led there unasked.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
for (const line of document.querySelectorAll("[data-here]")) {
  const there = [...line.querySelectorAll("[data-zone]")].find((link) => link.dataset.zone === zone);
  if (there && line.dataset.here !== zone) {
    const offer = line.querySelector("b");
    offer.append(there.cloneNode(true));
    offer.hidden = false;
  }
}
