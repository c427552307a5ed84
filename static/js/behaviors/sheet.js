// On narrow screens a pane is a popover: it goes after a choice, when it is dragged down, and when the window grows.

const SWIPE_PIXELS = 60;
let dragged = null; // { sheet, from }

const open = () => document.querySelector("[data-sheet]:popover-open");

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.target?.id === "workspace" && ctx.response?.status < 400) open()?.hidePopover();
});

for (const width of ["60rem", "80rem"])
  matchMedia(`(width >= ${width})`).addEventListener("change", () => open()?.hidePopover());

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-sheet]:popover-open :is(.history-handle, .history-head)");
  dragged = grip && event.isPrimary && { sheet: grip.closest("[data-sheet]"), from: event.clientY };
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  dragged.sheet.style.transition = "none";
  dragged.sheet.style.translate = `0 ${Math.max(0, event.clientY - dragged.from)}px`;
});

for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, (event) => {
    if (!dragged) return;
    const { sheet, from } = dragged;
    dragged = null;
    sheet.removeAttribute("style");
    if (end === "pointerup" && event.clientY - from > SWIPE_PIXELS) sheet.hidePopover();
  });
}
