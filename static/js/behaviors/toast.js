// What was done and can be undone is said for ten seconds, and as long as someone points at it or stands in it.

const MS = 10_000;

function arm() {
  for (const toast of document.querySelectorAll("[data-toast]:not([data-armed])")) {
    toast.dataset.armed = "";
    setTimeout(() => leave(toast), MS);
  }
}

function leave(toast) {
  if (toast.matches(":hover, :focus-within")) setTimeout(() => leave(toast), 1000);
  else toast.remove();
}

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  arm();
  // The button that was pressed went with its toast, and the row that got the focus then may have been drawn again.
  const lost = ctx.target?.id === "workspace" && ctx.request.method === "POST" && document.activeElement === document.body;
  if (lost) document.querySelector("#timeline [aria-current]")?.focus();
});
arm();
