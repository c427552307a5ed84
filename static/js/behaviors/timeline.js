// The timeline follows what the workspace shows; arrow keys walk it.

const REST_MS = 120; // a held arrow key asks for nothing until it rests
// Rows, and in place of those that are folded away the line they are folded into.
const STOPS = ".day > ol > li > .revision, .session > [open] .revision, .session > :not([open]) > summary";
let resting = 0;
let kept = 0;

const timeline = () => document.querySelector("[data-timeline]");
const filters = () => document.querySelector("[data-filters]");
const addsRow = (ctx) => ctx.request.method !== "GET" && ctx.text?.includes('hx-target="#timeline"');
const showsRevision = (ctx) => ctx.target?.id === "workspace" && ctx.request.method === "GET";

// The row lights up on the press, before the answer.
document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (showsRevision(ctx)) mark(new URL(ctx.request.action, location.href).searchParams.get("revision"));
});

document.addEventListener("htmx:before:swap", (event) => {
  if (showsRevision(event.detail.ctx)) kept = document.getElementById("body")?.scrollTop ?? 0;
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  const text = document.getElementById("body");
  const fetches = ctx.sourceElement === filters();
  follow({ scrolls: fetches || showsRevision(ctx) || addsRow(ctx) });
  // Last, and not for nothing: a long text is laid out for it.
  if (showsRevision(ctx) && text && kept) text.scrollTop = kept;
  if (fetches) begin();
  if (!fetches && isElsewhere(ctx)) filters().requestSubmit();
});

document.addEventListener("htmx:finally:request", (event) => {
  if (event.detail.ctx.status !== "swapped") follow({ scrolls: false });
});

document.addEventListener("keydown", (event) => {
  const stop = event.target.closest?.(`[data-timeline] :is(.revision, summary)`);
  if (!stop || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") return fold(event, stop);
  const stops = [...timeline().querySelectorAll(STOPS)];
  const at = stops.indexOf(stop.matches("[open] > summary") ? stop.parentElement.querySelector(".revision") : stop);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: stops.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (!stops[to]) return;
  stops[to].focus();
  clearTimeout(resting);
  if (stops[to].matches(".revision")) resting = setTimeout(() => stops[to].click(), REST_MS);
});

function fold(event, stop) {
  const session = stop.closest("details");
  if (!session || session.open === (event.key === "ArrowRight")) return;
  event.preventDefault();
  session.open = event.key === "ArrowRight";
  session.querySelector(session.open ? ".revision" : "summary").focus();
}

// The workspace says which revision is shown; after a save, which leaves it standing, the form's receipt does.
function follow({ scrolls }) {
  const receipt = document.getElementById("receipt");
  const workspace = document.getElementById("workspace");
  if (!workspace || !timeline()) return;
  if (receipt?.dataset.revision) {
    workspace.dataset.revision = receipt.dataset.revision;
    workspace.dataset.preview = "false";
  }
  const { revision, preview } = workspace.dataset;
  if (filters()) filters().elements.revision.value = preview === "true" ? revision : "";
  mark(revision, { scrolls });
}

function mark(revision, { scrolls = true } = {}) {
  if (revision === null || !timeline()) return;
  const row = timeline().querySelector(`[data-revision="${CSS.escape(revision)}"]`);
  for (const other of timeline().querySelectorAll("[aria-current]")) if (other !== row) other.ariaCurrent = null;
  if (!row) return;
  const wasLit = row.hasAttribute("aria-current");
  row.ariaCurrent = "true";
  if (!scrolls) return;
  const folded = row.closest("details:not([open])");
  if (folded) folded.open = true;
  // It came into sight when it lit up: asked again, the new text would have to be laid out before it is shown.
  if (!wasLit || folded) row.scrollIntoView({ block: "nearest" });
}

// The list does not hold what is shown, or lacks what lies between it and a revision that was made just now.
function isElsewhere(ctx) {
  if (!timeline() || !filters() || ctx.response?.status >= 400) return false;
  const isFiltered = ["labelled", "mine", "author"].some((name) => new FormData(filters()).get(name));
  if (addsRow(ctx)) return isFiltered || Boolean(timeline().querySelector(".newer"));
  return showsRevision(ctx) && !isFiltered && !timeline().querySelector("[aria-current]");
}

// Where the list begins: with the day that was jumped to, else with what is shown.
function begin() {
  const row = timeline()?.querySelector("[aria-current]");
  if (filters()?.elements.on?.value) timeline()?.querySelector(".day")?.scrollIntoView({ block: "start" });
  else if (row) row.scrollIntoView({ block: "center" });
  else if (timeline()) document.getElementById("history-rows").scrollTop = 0;
}

begin();
document.addEventListener("toggle", (event) => event.newState === "open" && event.target.id === "history" && begin(), true);
