// Other people's revisions come in on top of the list and move nothing that is seen; where they are out of sight, a button tells.

const NEAR_PIXELS = 40; // from the top, where new rows are seen anyway

let unseen = 0;
let toTop = false;

const list = () => document.querySelector("[data-timeline]");
const rows = () => document.getElementById("history-rows");
const button = () => document.querySelector("[data-to-new]");
const filters = () => document.querySelector("[data-filters]");
// Between what is shown and the latest there are rows that were not loaded.
const isGap = () => Boolean(list().querySelector(".newer"));

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  if (event.defaultPrevented || !ctx.sourceElement?.matches?.("[data-arrivals]")) return;
  const at = tasks.findIndex((task) => task.type === "main");
  if (at < 0) return;
  const known = Number(document.getElementById("history-count").dataset.latest);
  const fresh = [...tasks[at].fragment.querySelectorAll("[data-revision]")].filter((row) => row.dataset.revision > known);
  if (fresh.length) tell(fresh);
  if (isGap()) tasks.splice(at, 1);
});

// Pressed: to the top, which has to be fetched where there is a gap.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-to-new]")) return;
  if (isGap()) {
    toTop = true;
    filters().elements.revision.value = filters().elements.on.value = "";
    filters().requestSubmit();
  } else {
    rows().scrollTo({ top: 0, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    list().querySelector(".revision")?.focus({ preventScroll: true });
  }
  seen();
});

document.addEventListener("htmx:after:swap", (event) => {
  if (!toTop || event.detail.ctx.sourceElement !== filters()) return;
  toTop = false;
  rows().scrollTop = 0;
  list().querySelector(".revision")?.focus({ preventScroll: true });
});

document.addEventListener("scroll", (event) => {
  if (unseen && event.target === rows() && rows().scrollTop < NEAR_PIXELS && !isGap()) seen();
}, true);

function tell(fresh) {
  const names = [...new Set(fresh.map((row) => row.querySelector("b").textContent))];
  window.stet.say(`${words(fresh.length)} by ${names.length > 3 ? `${names.length} people` : names.join(", ")}`);
  if (!isGap() && rows().scrollTop < NEAR_PIXELS) return;
  unseen += fresh.length;
  button().querySelector("span").textContent = words(unseen);
  button().hidden = false;
}

function seen() {
  unseen = 0;
  button().hidden = true;
}

function words(number) {
  return `${number} new revision${number === 1 ? "" : "s"}`;
}
