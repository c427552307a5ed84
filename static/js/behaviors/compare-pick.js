// Shift and click on two rows of the timeline opens their comparison.

let picked = null;

// In the capture phase: a plain shift-click on a link would open a window.
document.addEventListener(
  "click",
  (event) => {
    const row = event.target.closest?.("[data-timeline] .revision");
    if (!row || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (picked && picked !== row && picked.isConnected) location.assign(address(picked, row));
    else pick(picked === row ? null : row);
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && picked) pick(null);
});

function pick(row) {
  delete picked?.dataset.picked;
  picked = row;
  if (row) row.dataset.picked = "";
  window.stet.say(row ? `Revision ${row.dataset.revision} picked: shift and click another one to compare` : "No revision picked");
}

// From the older to the newer one, whichever was picked first.
function address(...rows) {
  const [from, to] = rows.map((row) => Number(row.dataset.revision)).sort((one, other) => one - other);
  return new URL(`compare?from=${from}&to=${to}`, rows[0].href).href;
}
