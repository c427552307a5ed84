// The line of sizes above the timeline: pressing it, dragging along it and the arrow keys choose a revision.

const REST_MS = 120; // while the mark moves, nothing is asked for
const WIDTH = 1000; // of the drawing, in its own units
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

let resting = 0;
let pressed = false;

const box = () => document.querySelector("[data-sparkline]");
const range = () => box()?.querySelector('input[type="range"]');
const isRange = (element) => element?.matches?.('[data-sparkline] input[type="range"]');

document.addEventListener("input", ({ target }) => {
  if (!isRange(target)) return;
  point(target.valueAsNumber);
  readOut(target.valueAsNumber);
  // A sheet would close under the finger.
  if (!pressed || !box().closest(":popover-open")) choose({ after: REST_MS });
});

document.addEventListener("change", ({ target }) => {
  if (isRange(target) && pressed) choose({ after: 0 });
});

document.addEventListener("pointerdown", ({ target }) => (pressed = isRange(target)));
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => (pressed = false)));

document.addEventListener("pointermove", ({ target, clientX, pointerType }) => {
  if (pressed || pointerType === "touch") return;
  if (!isRange(target)) return void (box()?.dataset.hovered && readOut(null));
  const { left, width } = target.getBoundingClientRect();
  const share = Math.min(1, Math.max(0, (clientX - left) / width));
  readOut(Math.round(share * Number(target.max)));
});

document.addEventListener("focusout", ({ target }) => isRange(target) && readOut(null));

document.addEventListener("htmx:after:swap", (event) => {
  if (!box()) return;
  const newest = document.querySelector("#timeline [data-revision]")?.dataset.revision ?? 0;
  if (Number(newest) > Number(range()?.max ?? 0) || changesMarks(event.detail.ctx)) box().dispatchEvent(new Event("redraw"));
  follow();
});

document.addEventListener("htmx:finally:request", () => follow());

function choose({ after }) {
  clearTimeout(resting);
  resting = setTimeout(() => {
    resting = 0;
    const { revision } = document.getElementById("workspace").dataset;
    if (range() && range().value !== revision) range().dispatchEvent(new Event("choose"));
    if (!range()?.matches(":focus-visible")) readOut(null);
  }, after);
}

// A name was given or taken away, or readers see another revision.
function changesMarks({ request, response, sourceElement }) {
  if (request.method === "GET" || response.status >= 400) return false;
  return request.submitter?.value === "publish" || Boolean(sourceElement?.closest("[data-naming]"));
}

function follow() {
  if (resting || pressed || !range()) return;
  const { revision } = document.getElementById("workspace").dataset;
  if (range().value === revision) return;
  range().value = revision;
  point(Number(revision));
}

// Put the mark at a revision, and say what it is.
function point(number) {
  box().querySelector(".sparkline-at").setAttribute("d", stroke(number));
  range().ariaValueText = words(number);
}

function readOut(number) {
  const line = box().querySelector(".sparkline-readout");
  line.hidden = number === null;
  line.textContent = number === null ? "" : words(number);
  box().querySelector(".sparkline-hover").setAttribute("d", number === null ? "" : stroke(number));
  if (number === null) delete box().dataset.hovered;
  else box().dataset.hovered = number;
}

function stroke(number) {
  return `M${Math.round((number * WIDTH) / Number(range().max))} 0V100`;
}

// "Revision 12, 3 March 2021, 74 KB, Sent to review"; of a long history only some revisions are known, then "about".
function words(number) {
  const [at, size, seconds] = known(number);
  const about = at === number ? "" : "about ";
  const label = JSON.parse(box().dataset.labels)[number];
  const parts = [`Revision ${number}`, DAY.format(seconds * 1000), size === "" ? "text not kept" : about + kilobytes(Number(size)), label];
  return parts.filter(Boolean).join(", ");
}

// The point at a revision, else the last one before it.
function known(number) {
  const points = box().dataset.points.trim().split(" ").map((point) => point.split(":"));
  const found = points.findLast(([at]) => Number(at) <= number);
  return [Number(found[0]), found[1], Number(found[2])];
}

function kilobytes(bytes) {
  if (bytes < 1000) return `${bytes} byte${bytes === 1 ? "" : "s"}`;
  const [unit, each] = bytes < 1e6 ? ["KB", 1e3] : ["MB", 1e6];
  return `${bytes < 10 * each ? (bytes / each).toFixed(1) : Math.floor(bytes / each)} ${unit}`;
}
