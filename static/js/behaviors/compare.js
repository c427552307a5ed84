// Walks through the changes by button and by n and p; keeps the focus where folded lines open.

const { say } = window.stet;
const TYPING = "input, textarea, select, [contenteditable], dialog";

const changes = () => [...document.querySelectorAll("[data-change]")].filter((change) => change.getClientRects().length);
let last = null; // the change that was walked to

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.target.closest?.(TYPING)) return;
  const step = { n: 1, p: -1 }[event.key];
  if (step && walk(step)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-walk], .strip a, .hunk-moved");
  if (!link) return;
  event.preventDefault();
  if (link.dataset.walk) walk(link.dataset.walk === "next" ? 1 : -1);
  else go(document.getElementById(link.getAttribute("href").slice(1)));
});

// What was opened takes the focus that its button had.
document.addEventListener("htmx:after:swap", (event) => {
  const opened = document.getElementById("opened");
  if (!opened || document.activeElement !== document.body) return;
  opened.focus({ preventScroll: true });
  opened.removeAttribute("id");
});

// In two columns the other one's lines fold along.
document.addEventListener(
  "toggle",
  ({ target }) => {
    const all = (side) => [...document.querySelectorAll(`.split-${side} > .unfolded`)];
    const beside = all("new")[all("old").indexOf(target)];
    if (beside) beside.lastElementChild.hidden = !target.open;
  },
  true,
);

function walk(step) {
  const all = changes();
  if (!all.length) return false;
  const at = all.indexOf(last);
  const start = place();
  const after = (change) => change.getBoundingClientRect().top > start;
  if (at >= 0 && inSight(last)) go(all[at + step]);
  else go(step > 0 ? all.find(after) : all.findLast((change) => !after(change)));
  return true;
}

// From where the walk starts: the focus, if it is among the changes and in sight, else the top of the window.
function place() {
  const here = document.activeElement;
  return here.closest(".changes") && inSight(here) ? here.getBoundingClientRect().top : 0;
}

function go(change) {
  if (!change) return say(last ? "No more changes that way" : "No change there");
  last = change;
  const long = change.offsetHeight > innerHeight / 2;
  change.focus({ preventScroll: true });
  change.scrollIntoView({ block: long ? "start" : "center" });
  const all = changes();
  for (const place of document.querySelectorAll("[data-walk-at]")) place.textContent = `${all.indexOf(change) + 1} of ${all.length}`;
}

function inSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
