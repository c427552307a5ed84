// The timeline follows what the workspace shows; arrow keys walk it.

const REST_MS = 120; // a held arrow key asks for nothing until it rests
let resting = 0;
let kept = 0;

const timeline = () => document.querySelector("[data-timeline]");
const replacesWorkspace = (ctx) => ctx.target?.id === "workspace" && ctx.request.method === "GET";

// The row lights up on the press, before the answer.
document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (replacesWorkspace(ctx)) mark(new URL(ctx.request.action, location.href).searchParams.get("revision"));
});

document.addEventListener("htmx:before:swap", (event) => {
  if (replacesWorkspace(event.detail.ctx)) kept = document.getElementById("body")?.scrollTop ?? 0;
});

document.addEventListener("htmx:after:swap", (event) => {
  const text = document.getElementById("body");
  if (replacesWorkspace(event.detail.ctx) && text) text.scrollTop = kept;
  follow();
});

document.addEventListener("htmx:finally:request", (event) => {
  if (event.detail.ctx.status !== "swapped") follow();
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-timeline] .revision");
  if (!row || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const rows = [...timeline().querySelectorAll(".revision")];
  const at = rows.indexOf(row);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (!rows[to]) return;
  rows[to].focus();
  clearTimeout(resting);
  resting = setTimeout(() => rows[to].click(), REST_MS);
});

// The workspace says which revision is shown; after a save, which leaves it standing, the form's receipt does.
function follow() {
  const receipt = document.getElementById("receipt");
  const workspace = document.getElementById("workspace");
  if (!workspace || !timeline()) return;
  if (receipt?.dataset.revision) {
    workspace.dataset.revision = receipt.dataset.revision;
    workspace.dataset.preview = "false";
  }
  mark(workspace.dataset.revision);
}

function mark(revision) {
  if (revision === null || !timeline()) return;
  const row = timeline().querySelector(`[data-revision="${CSS.escape(revision)}"]`);
  for (const other of timeline().querySelectorAll("[aria-current]")) if (other !== row) other.removeAttribute("aria-current");
  row?.setAttribute("aria-current", "true");
  row?.scrollIntoView({ block: "nearest" });
}

function center() {
  timeline()?.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
}

center();
document.addEventListener("toggle", (event) => event.newState === "open" && event.target.id === "history" && center(), true);
