// The menu of a revision's row: one for all rows, filled for the one whose button was pressed.

const { say } = window.stet;
const BELOW_PIXELS = 280; // the room that it takes
const COPIED_MS = 900;
let button = null;

const menu = () => document.querySelector("[data-row-menu]");
const items = () => [...menu().querySelectorAll("a, button")].filter((item) => item.checkVisibility());

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("[popovertarget=row-menu]");
  if (pressed && menu()) fill((button = pressed));
  else if (event.target.closest?.("[data-copy]")) copy(event.target.closest("[data-copy]"));
  else if (event.target.closest?.("[data-row-menu] a")) menu().hidePopover();
}, true);

document.addEventListener("toggle", (event) => {
  if (event.target !== menu()) return;
  button?.toggleAttribute("data-open", event.newState === "open");
  // Inside of a sheet, itself a popover, the browser does not give the focus back.
  const lost = document.activeElement === document.body || menu().contains(document.activeElement);
  if (event.newState === "closed" && lost) button?.focus();
}, true);

document.addEventListener("submit", (event) => {
  if (menu()?.contains(event.target)) menu().hidePopover();
});

// It would stay where it is while its row moves away.
document.addEventListener("scroll", (event) => {
  if (event.target.id === "history-rows" && menu()?.matches(":popover-open")) menu().hidePopover();
}, true);

document.addEventListener("keydown", (event) => {
  if (!menu()?.contains(event.target) || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const all = items();
  const at = all.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
  all[to % all.length].focus();
});

function fill(from) {
  const row = from.previousElementSibling;
  const number = Number(row.dataset.revision);
  const latest = Number(document.getElementById("history-count").dataset.latest);
  const kept = !row.querySelector(".badge-gone");
  const is = { compared: kept && latest > 0, old: kept && number < latest, undoable: kept && number > 0 };
  const [one, other] = number < latest ? [number, latest] : [number - 1, number];
  for (const item of menu().querySelectorAll("[data-row-if]")) item.hidden = !is[item.dataset.rowIf];
  for (const item of menu().querySelectorAll("[data-to]")) {
    const address = item.dataset.to.replace("{n}", number).replace("{from}", one).replace("{to}", other);
    item.setAttribute(item.matches("form") ? "action" : "href", address);
    for (const name of ["hx-get", "hx-post"]) if (item.hasAttribute(name)) item.setAttribute(name, address);
  }
  menu().querySelector("[data-row-number]").textContent = number;
  menu().querySelector("[name=seen]").value = latest;
  menu().querySelector("[data-copy]").dataset.number = number;
  place(from.getBoundingClientRect());
}

function place({ top, bottom, right }) {
  const above = bottom + BELOW_PIXELS > innerHeight && top > BELOW_PIXELS;
  const { style } = menu();
  style.right = `${Math.max(8, innerWidth - right)}px`;
  style.top = above ? "auto" : `${Math.min(bottom + 4, innerHeight - BELOW_PIXELS)}px`;
  style.bottom = above ? `${innerHeight - top + 4}px` : "auto";
}

async function copy(item) {
  const address = new URL(item.dataset.copy.replace("{n}", item.dataset.number), location.href).href;
  const words = item.querySelector("span");
  words.textContent = (await written(address)) ? "Copied" : address;
  say(words.textContent === "Copied" ? `Link to revision ${item.dataset.number} copied` : "The browser did not let the link be copied");
  if (words.textContent !== "Copied") return void getSelection().selectAllChildren(words);
  setTimeout(() => {
    menu()?.hidePopover();
    words.textContent = "Copy link";
  }, COPIED_MS);
}

// Without TLS a browser has no clipboard for us, and then the address is shown to be copied by hand.
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
