// Fetches the old revision on whose row the pointer or the focus rests, so that a click finds it here already.
//
// One at a time, for a few seconds, and only where nothing can have changed it: it is dropped before every write and
// while text is unsaved. An old revision never changes, the latest one does: that is never fetched ahead.

const { writes } = window.stet.guards;
const REST_MS = 65;
const KEPT_MS = 5000;
const ROW = "[data-timeline] .revision[hx-get]";

let resting = 0;
let held = null; // { address, answer, abort, at }

const replacesWorkspace = (ctx) => ctx.target?.id === "workspace" && ctx.request.method === "GET";
const isFresh = () => held && Date.now() - held.at < KEPT_MS;
const absolute = (address) => new URL(address, location.href).href;

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "mouse") rest(event.target.closest?.(ROW));
});

document.addEventListener("focusin", (event) => rest(event.target.closest?.(ROW)));

document.addEventListener("input", drop);

// Whoever clicks gets what is held, unless it is of no use after all; what is overtaken meanwhile is never swapped.
document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (!writes(ctx) && !replacesWorkspace(ctx)) return;
  clearTimeout(resting);
  if (writes(ctx)) return drop();
  const { answer } = isFresh() && held.address === absolute(ctx.request.action) ? held : {};
  if (answer) held = null;
  else drop();
  if (answer) ctx.fetch = (action, request) => Promise.race([answer, aborted(request.signal)]).then((early) => early ?? fetch(action, request));
});

function rest(row) {
  clearTimeout(resting);
  if (row && isWanted(row)) resting = setTimeout(() => isWanted(row) && ahead(addressOf(row)), REST_MS);
}

// As the click will ask for it: in the view that is open.
function addressOf(row) {
  const wanted = { address: row.getAttribute("hx-get") };
  document.dispatchEvent(new CustomEvent("stet:ahead", { detail: wanted }));
  return absolute(wanted.address);
}

function isWanted(row) {
  const { saveData, effectiveType = "4g" } = navigator.connection ?? {};
  const numbers = [...document.querySelectorAll(ROW)].map((other) => Number(other.dataset.revision));
  const quiet = document.getElementById("save-state")?.dataset.state === "saved" && !document.querySelector("#workspace[aria-busy]");
  const isLatest = Number(row.dataset.revision) === Math.max(...numbers);
  return quiet && !isLatest && !row.hasAttribute("aria-current") && !saveData && effectiveType.endsWith("4g");
}

function ahead(address) {
  if (isFresh() && held.address === address) return;
  drop();
  const control = new AbortController();
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": location.href };
  const answer = fetch(address, { headers, mode: "same-origin", redirect: "error", signal: control.signal })
    .then((response) => (response.ok && response.headers.has("X-Fragment") ? response : null))
    .catch(() => null);
  held = { address, answer, abort: () => control.abort(), at: Date.now() };
}

function drop() {
  held?.abort();
  held = null;
}

function aborted(signal) {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason ?? new DOMException("", "AbortError"))));
}
