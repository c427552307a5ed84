// Other people's revisions come in by themselves, on top and without moving what is seen: asked for while somebody looks.

const EVERY_MS = 10_000;
const LONGEST_MS = 300_000; // between two questions, when answers fail
const NEAR_PIXELS = 40; // from the top, where new rows are seen anyway

let timer = 0;
let pause = EVERY_MS;
let unseen = 0;
let toTop = false;

const source = () => document.querySelector("[data-arrivals]");
const list = () => document.querySelector("[data-timeline]");
const rows = () => document.getElementById("history-rows");
const button = () => document.querySelector("[data-to-new]");
const filters = () => document.querySelector("[data-filters]");
const count = () => document.getElementById("history-count");
const asks = (ctx) => source() && ctx.sourceElement === source();
// Between what is shown and the latest there are rows that were not loaded.
const isGap = () => Boolean(list().querySelector(".newer"));

function plan() {
  clearTimeout(timer);
  if (source() && !document.hidden) timer = setTimeout(ask, pause);
}

function ask() {
  const query = new URLSearchParams({ after: count().dataset.latest });
  for (const name of ["labelled", "mine", "author"]) {
    const value = new FormData(filters()).get(name);
    if (value) query.set(name, value);
  }
  htmx.ajax("GET", `${source().dataset.address}?${query}`, { source: source(), target: "#timeline", swap: "afterbegin" });
}

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (!asks(ctx)) return;
  const status = ctx.response?.status;
  if (status === 401 || status === 404) return; // signed out, or the post is gone: asking again changes nothing
  pause = status < 400 ? EVERY_MS : Math.min(2 * pause, LONGEST_MS);
  plan();
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (!asks(ctx) || ctx.response.status !== 200) return;
  const answer = document.createElement("template");
  answer.innerHTML = ctx.text;
  const known = Number(count().dataset.latest);
  const fresh = [...answer.content.querySelectorAll("[data-revision]")].filter((row) => row.dataset.revision > known);
  if (fresh.length) tell(fresh);
  if (!isGap()) return;
  event.preventDefault();
  const partial = answer.content.querySelector("hx-partial");
  const told = (partial?.content ?? partial)?.querySelector("#history-count") ?? answer.content.querySelector("#history-count");
  if (told) count().replaceWith(told);
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

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (!document.hidden && source()) ask();
});

function tell(fresh) {
  const names = [...new Set(fresh.map((row) => row.querySelector("b").textContent))];
  say(`${words(fresh.length)} by ${names.length > 3 ? `${names.length} people` : names.join(", ")}`);
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

function say(sentence) {
  document.dispatchEvent(new CustomEvent("stet:say", { detail: sentence }));
}

plan();
