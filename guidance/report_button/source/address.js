// What may be reported: the address of a page that a hotline can open, and nothing else.

const LONG = 2000; // characters: some forms cut off what is longer

// Give the kind of an address, and the address as it would be reported: "" for what is none.
// A page of the browser itself has none, and browsers do not even tell us which one it is. Nor has what
// holds a picture within its address (data:), or exists in this browser only (blob:).
export function judge(text) {
  let address;
  try {
    address = new URL(text);
  } catch {
    return { kind: "browser", href: "" };
  }
  if (address.protocol === "file:") return { kind: "file", href: "" };
  if (!["http:", "https:"].includes(address.protocol)) return { kind: "browser", href: "" };
  address.username = address.password = ""; // those are somebody's own
  return { kind: address.href.length > LONG ? "long" : "page", href: address.href };
}
