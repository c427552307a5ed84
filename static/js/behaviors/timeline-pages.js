// What two pages of the timeline hold of one day, or of one session, becomes one; and rows that arrive above move nothing.

const NEAR_PIXELS = 40; // from the top, where new rows are seen as they come
const joined = new WeakSet(); // days that were here before the last page came
let changing = null; // the request whose answer changes the list
let held = null;

const list = () => document.querySelector("[data-timeline]");
const scroller = () => document.getElementById("history-rows");
const concerns = (ctx) => list() && (ctx.target?.closest?.("[data-timeline]") || ctx.request.method !== "GET");

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (event.defaultPrevented || !concerns(ctx)) return;
  changing = ctx;
  for (const day of list().querySelectorAll(".day")) joined.add(day);
  const arrives = ctx.sourceElement?.matches?.("[data-arrivals]") && scroller().scrollTop >= NEAR_PIXELS;
  const comesAbove = arrives || ctx.sourceElement?.closest?.(".newer");
  held = comesAbove ? inView() : null;
});

document.addEventListener("htmx:after:swap", (event) => {
  if (!changing || event.detail.ctx !== changing || !list()) return;
  changing = null;
  dropTwins();
  joinDays();
  joinSessions();
  keepOneLatest();
  rename();
  if (held?.row.isConnected) scroller().scrollTop += held.row.getBoundingClientRect().top - held.top;
  held = null;
});

// There was nothing newer after all.
document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.response?.status === 204) ctx.sourceElement?.closest?.(".edge")?.remove();
});

function inView() {
  const { left, top } = scroller().getBoundingClientRect();
  for (const below of [48, 80, 112]) {
    const row = document.elementFromPoint(left + 40, top + below)?.closest("[data-timeline] li");
    if (row) return { row, top: row.getBoundingClientRect().top };
  }
  return null;
}

// What was saved here and asked for at once comes twice.
function dropTwins() {
  for (const day of list().querySelectorAll(".day")) {
    if (joined.has(day)) continue;
    for (const row of day.querySelectorAll("[data-revision]"))
      if (list().querySelectorAll(`[data-revision="${row.dataset.revision}"]`).length > 1) row.closest("li").remove();
    if (!day.querySelector("[data-revision]")) day.remove();
  }
}

function keepOneLatest() {
  const [, ...former] = list().querySelectorAll(".badge-latest");
  for (const badge of former) badge.remove();
}

// The day that came last moves into the one that was here, so that no row that has the focus moves.
function joinDays() {
  for (const day of list().querySelectorAll(".day + .day")) {
    const above = day.previousElementSibling;
    if (above.dataset.day !== day.dataset.day) continue;
    if (joined.has(day)) day.querySelector("ol").prepend(...above.querySelector("ol").children);
    else above.querySelector("ol").append(...day.querySelector("ol").children);
    (joined.has(day) ? above : day).remove();
  }
}

// The rest of a session stands open, or unfolded as rows, like the part beside it.
function joinSessions() {
  for (const part of list().querySelectorAll(".session[data-part]")) {
    const sides = part.dataset.part.split(" ").filter(Boolean);
    const beside = { above: part.previousElementSibling, below: part.nextElementSibling };
    const met = sides.filter((side) => beside[side]);
    part.dataset.part = sides.filter((side) => !beside[side]).join(" ");
    if (met.some((side) => beside[side].matches(".session:has(> :not([open]))"))) part.firstElementChild.open = false;
    if (met.some((side) => !beside[side].matches(".session"))) part.replaceWith(...part.querySelector("ol").children);
  }
}

// "Today" is yesterday's name after midnight.
function rename() {
  const today = new Date().setHours(0, 0, 0, 0);
  for (const day of list().querySelectorAll(".day")) {
    const heading = day.querySelector("h3");
    const date = new Date(`${day.dataset.day}T00:00`);
    const ago = Math.round((today - date) / 86_400_000);
    if (ago < 0 || (ago > 1 && !/day$/.test(heading.textContent))) continue;
    heading.textContent = ["Today", "Yesterday"][ago] ?? date.toLocaleDateString("en-GB", { dateStyle: "long" });
  }
}
