// While somebody looks, the page says so, and asks who else is here and what they saved: one question for all of it.

const EVERY_MS = 10_000;
const FIRST_MS = 1_000; // whoever only passes through leaves no sign
const LONGEST_MS = 300_000; // between two questions, when answers fail
const TYPING_MS = 15_000;

let typedAt = -Infinity;
let timer = 0;
let pause = EVERY_MS;

const source = () => document.querySelector("[data-arrivals]");
const place = () => document.getElementById("presence");
const workspace = () => document.getElementById("workspace");
const filters = () => document.querySelector("[data-filters]");
const asks = (ctx) => source() && ctx.sourceElement === source();
const isTyping = () => performance.now() - typedAt < TYPING_MS;
const words = (box) => box?.querySelector(".presence-words").textContent.trim();

function plan(ms) {
  clearTimeout(timer);
  if (source() && !document.hidden) timer = setTimeout(ask, ms);
}

function ask() {
  plan(pause);
  if (!navigator.onLine) return;
  const { revision, preview } = workspace().dataset;
  const { known, live } = place().dataset;
  const query = new URLSearchParams({ revision, preview, known, live, after: document.getElementById("history-count").dataset.latest });
  for (const name of ["labelled", "mine", "author"]) {
    const value = new FormData(filters()).get(name);
    if (value) query.set(name, value);
  }
  const values = { editing: Number(isTyping()), csrf_token: document.getElementsByName("csrf_token")[0].value };
  htmx.ajax("POST", `${source().dataset.arrivals}?${query}`, { source: source(), target: "#timeline", swap: "afterbegin", values });
}

// No answer, as when the page is being left, is one that failed like others: nothing that anybody has to hear of.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (asks(ctx)) ctx.fetch = (...request) => fetch(...request).catch(() => new Response("", { status: 503 }));
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.response?.status === 409) plan(0); // somebody was first: who, and with what, is news
  if (!asks(ctx)) return;
  const fails = !(ctx.response?.status < 400);
  pause = fails ? Math.min(2 * pause, LONGEST_MS) : EVERY_MS;
  if (fails) plan(pause);
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  if (!asks(ctx)) return;
  // What was asked before a save of ours, or of another revision, is out of date, or about to be.
  const asked = new URLSearchParams(ctx.request.action.split("?")[1]).get("revision");
  if (workspace().ariaBusy === "true" || asked !== workspace().dataset.revision) return event.preventDefault();
  const [fresh] = tasks.map((task) => words(task.fragment.querySelector("#presence"))).filter(Boolean);
  if (fresh && fresh !== words(place())) window.stet.say(fresh);
});

document.addEventListener("input", (event) => {
  if (event.target.form?.id !== "editor") return;
  const began = !isTyping();
  typedAt = performance.now();
  if (began) plan(0);
});

document.addEventListener("visibilitychange", () => plan(0));

plan(FIRST_MS);
