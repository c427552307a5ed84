// Naming a revision happens in a dialog over the desk; afterwards the focus is where it came from.

let opener = null;

const dialog = () => document.getElementById("label-dialog");
const asks = (ctx) => ctx.target === dialog() && ctx.request.method === "GET";
const answers = (ctx) => dialog()?.contains(ctx.sourceElement) && ctx.request.method !== "GET";

document.addEventListener("htmx:before:request", (event) => {
  if (dialog() && asks(event.detail.ctx)) opener = event.detail.ctx.sourceElement;
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (!dialog() || !(asks(ctx) || answers(ctx))) return;
  if (ctx.target !== dialog()) return leave("#alerts h2"); // refused for another reason than the name
  if (ctx.response.status >= 400 || asks(ctx)) return open();
  const { naming } = dialog().querySelector("[data-naming]").dataset;
  leave(`#name-${naming}, #revision-${naming} a`);
  const removed = ctx.request.action.endsWith("/remove");
  window.stet.say(`Revision ${naming} has ${removed ? "no name any more" : "a name now"}`);
});

// No answer of ours arrived: what the guards say about it must not be behind the dialog.
document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (dialog()?.open && answers(ctx) && ctx.status !== "swapped") leave("#alerts h2");
});

// What opened it may have closed meanwhile, as a menu of a row does.
document.addEventListener("close", (event) => {
  const lost = () => document.activeElement === document.body || dialog().contains(document.activeElement);
  if (event.target !== dialog() || !lost()) return;
  const { naming } = dialog().querySelector("[data-naming]").dataset;
  for (const place of [`#revision-${naming} a`, `#name-${naming}`, "#workspace"]) {
    document.querySelector(place)?.focus();
    if (!lost()) return;
  }
}, true);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-close]");
  if (!link?.closest("dialog")) return;
  event.preventDefault();
  leave();
});

function open() {
  if (!dialog().open) dialog().showModal();
  const name = dialog().querySelector('[name="name"]');
  name.focus();
  name.select();
}

// The dialog gives the focus back to what opened it, unless that was drawn anew, or was inside a menu that has closed.
function leave(instead) {
  dialog().close();
  const menu = opener?.closest("[data-menu]")?.querySelector("summary");
  for (const place of [instead?.startsWith("#alerts") && document.querySelector(instead), opener, menu, instead && document.querySelector(instead)]) {
    if (!place?.isConnected) continue;
    place.focus();
    if (document.activeElement === place) return;
  }
}
