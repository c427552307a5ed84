// The keys of the desk, in one table; and the help that lists them, with the switch for single letters.

const { say } = window.stet;
const KEYS = {
  "mod s": save,
  "mod alt h": toHistoryAndBack,
  "alt arrowup": (event) => step(1, event),
  "alt arrowdown": (event) => step(-1, event),
  escape: leave,
  1: () => tab(0),
  2: () => tab(1),
  3: () => tab(2),
  "?": () => help(),
};
const SWITCH = "stet:letters";
const REST_MS = 120; // a held arrow asks for nothing until it rests
const FIELDS = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";
const OPEN = ":popover-open, dialog[open], [data-menu][open]";

const workspace = () => document.getElementById("workspace");
const history = () => document.getElementById("history");
const off = () => localStorage.getItem(SWITCH) === "off";
const isLetter = (event) => event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
const inField = (event) => Boolean(event.target.closest?.(FIELDS));

let before = null; // what had the focus before the history
let resting = 0;

// On the way down, before any other behavior sees the key: letters that are switched off are nobody's.
addEventListener("keydown", (event) => {
  if (event.isComposing || event.getModifierState?.("AltGraph")) return;
  if (isLetter(event) && (inField(event) || event.target.closest?.("dialog"))) return;
  if (isLetter(event) && off()) return event.stopImmediatePropagation();
  const action = Object.hasOwn(KEYS, name(event)) && KEYS[name(event)];
  if (action && action(event) !== false) event.preventDefault();
}, true);

// "mod" is Ctrl, and ⌘ on a Mac, where Alt turns the letters into others.
function name(event) {
  const key = event.altKey && event.code.startsWith("Key") ? event.code.slice(3) : event.key;
  const mod = event.ctrlKey || event.metaKey;
  const held = [[mod, "mod"], [event.altKey, "alt"], [event.shiftKey && (mod || key.length > 1), "shift"]];
  return [...held.filter(([is]) => is).map(([, word]) => word), key.toLowerCase()].join(" ");
}

function save() {
  const form = document.getElementById("editor");
  if (!form) return false;
  form.requestSubmit(form.querySelector('[name="action"][value="save"]'));
}

function toHistoryAndBack() {
  if (!history()) return false;
  if (history().contains(document.activeElement)) {
    if (history().matches(":popover-open")) history().hidePopover();
    (before?.isConnected ? before : document.getElementById("body"))?.focus();
    return;
  }
  before = document.activeElement;
  if (getComputedStyle(history()).display === "none") history().showPopover();
  const rows = "[data-timeline] .revision";
  (history().querySelector(`${rows}[aria-current]`) ?? history().querySelector(rows))?.focus();
}

// From the row that is lit, which is ahead of the answers: pressed quickly, each press counts.
function step(by, event) {
  if (event.target.closest?.("select, [list]") || !workspace()?.dataset.revision) return false;
  const lit = document.querySelector("[data-timeline] .revision[aria-current]");
  const number = Number(lit?.dataset.revision ?? workspace().dataset.revision) + by;
  const row = document.querySelector(`[data-timeline] .revision[data-revision="${number}"]`);
  const link = row ?? document.getElementById(by > 0 ? "step-newer" : "step-older");
  clearTimeout(resting);
  if (!link) return say(by > 0 ? "This is the latest revision" : "This is the oldest revision here");
  if (!event.repeat) return link.click();
  if (row) {
    if (lit) lit.ariaCurrent = null;
    row.ariaCurrent = "true";
    row.scrollIntoView({ block: "nearest" });
  }
  resting = setTimeout(() => link.click(), REST_MS);
}

function leave(event) {
  if (event.defaultPrevented || document.querySelector(OPEN)) return false;
  const back = document.querySelector(".banner-back");
  if (!back) return false;
  back.click();
}

function tab(number) {
  const link = document.querySelectorAll(".tabs a")[number];
  if (!link || document.querySelector("dialog[open]")) return false;
  link.click();
}

// ── Help ─────────────────────────────────────────────────────────────────────────────────────────

async function help(address = "/help") {
  if (document.querySelector("dialog[open]")) return;
  const answer = await fetch(address, { headers: { "HX-Request-Type": "partial" } }).catch(() => null);
  if (!answer?.headers.has("X-Fragment")) return void location.assign(address);
  const dialog = Object.assign(document.createElement("dialog"), { id: "help", className: "dialog", tabIndex: -1, innerHTML: await answer.text() });
  dialog.setAttribute("aria-labelledby", "help-title");
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  showSwitch(dialog);
  dialog.showModal();
  dialog.focus(); // the switch, its first field, is at its foot: a small screen would begin there
}

function showSwitch(root) {
  for (const box of root.querySelectorAll("[data-letters]")) box.checked = !off();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-help]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  help(link.href);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-letters]")) return;
  if (event.target.checked) localStorage.removeItem(SWITCH);
  else localStorage.setItem(SWITCH, "off");
  const words = `Single letters are ${off() ? "off" : "on"}`;
  // Beside the switch: in a dialog, the page's own place for announcements is not heard.
  for (const place of document.querySelectorAll("[data-letters-state]")) place.textContent = `${words}.`;
});

showSwitch(document);
