// Edit, Rendered and Changes: what was typed is looked at as it stands, and the view stays while revisions are stepped through.

const KEPT = ["view", "as", "with"];
let scrolled = 0;

const panel = () => document.getElementById("panel");
const looks = () => Boolean(panel()?.dataset.kept);
const replacesWorkspace = (ctx) => ctx.target?.id === "workspace" && ctx.request.method === "GET";
const scroller = () => (getComputedStyle(document.getElementById("main")).overflowY === "auto" ? document.getElementById("main") : document.scrollingElement);
const typed = () => document.getElementById("save-state")?.dataset.state !== "saved";

// A tab shows what stands in the form, if that is not saved: it is sent there instead of asked for by its address.
document.addEventListener(
  "click",
  (event) => {
    const tab = event.target.closest?.("[data-tab]");
    const sends = tab && document.querySelector(`[data-typed="${tab.dataset.tab}"]`);
    if (!sends || !typed() || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    sends.click();
  },
  true,
);

// Rows are drawn once for everybody, with the plain address: here they get the view that is open.
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (replacesWorkspace(ctx) && ctx.sourceElement?.closest?.("#history, .stepper")) ctx.request.action = inThisView(ctx.request.action);
});

// What is fetched ahead of a click is fetched as the click will ask for it.
document.addEventListener("stet:ahead", (event) => (event.detail.address = inThisView(event.detail.address)));

function inThisView(plain) {
  const address = new URL(plain, location.href);
  for (const name of KEPT) address.searchParams.delete(name);
  for (const [name, value] of new URLSearchParams(panel()?.dataset.kept)) address.searchParams.set(name, value);
  return address.pathname + address.search;
}

document.addEventListener("htmx:before:swap", (event) => {
  if (replacesWorkspace(event.detail.ctx)) scrolled = looks() ? scroller().scrollTop : 0;
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (replacesWorkspace(ctx) && looks()) scroller().scrollTop = scrolled;
  if (ctx.target?.id !== "panel" || ctx.response?.status >= 400) return;
  for (const menu of document.querySelectorAll("#masthead [data-menu][open]")) menu.open = false;
  if (document.activeElement === document.body || document.activeElement?.closest("[data-menu]")) panel()?.focus({ preventScroll: true });
  const current = document.querySelector("#tabs [aria-current]");
  if (document.activeElement === document.body) current?.focus(); // the form has no panel
  const words = current?.textContent;
  const count = document.querySelector("[data-walk-at]")?.textContent;
  window.stet.say(count ? `${words}: ${count}` : words);
});
