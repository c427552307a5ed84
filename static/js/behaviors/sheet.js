// On narrow screens a pane is a popover: it goes after a choice, after a swipe down, and when the window grows.

const SWIPE_PIXELS = 60;
let from = null;

const open = () => document.querySelector("[data-sheet]:popover-open");

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.target?.id === "workspace" && ctx.response?.status < 400) open()?.hidePopover();
});

for (const width of ["60rem", "80rem"])
  matchMedia(`(width >= ${width})`).addEventListener("change", () => open()?.hidePopover());

document.addEventListener("pointerdown", (event) => {
  from = event.target.closest?.("[data-sheet] .history-handle, [data-sheet] .history-head") ? event.clientY : null;
});

document.addEventListener("pointerup", (event) => {
  if (from !== null && event.clientY - from > SWIPE_PIXELS) open()?.hidePopover();
  from = null;
});
