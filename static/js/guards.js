// Guards around htmx 4.0.1: what may enter the page, where refusals are told, and where the focus stays.

const reading = new Set(); // requests under way that would replace the workspace
let writing = 0;

const workspace = () => document.getElementById("workspace");
const alerts = () => document.getElementById("alerts");
const replacesWorkspace = (ctx) => ctx.target?.id === "workspace";
const goesBack = (ctx) => ctx.request.headers?.["HX-History-Restore-Request"] === "true";
const sends = (ctx) => ctx.request.method !== "GET";
const writes = (ctx) => sends(ctx) && !ctx.sourceElement?.matches?.("[data-typed], [data-quiet]"); // changes the post
const isQuiet = (ctx) => ctx.sourceElement?.matches?.("[data-quiet]"); // nobody asked for it: its failures are not told

// While a write runs, nothing may replace the form it came from, or its answer would meet another text.
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (writing && !writes(ctx) && replacesWorkspace(ctx)) event.preventDefault();
});

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (writes(ctx)) {
    writing += 1;
    ctx.counted = true;
    for (const other of reading) other.request.abort?.();
  } else if (replacesWorkspace(ctx)) {
    reading.add(ctx);
  }
  if (writes(ctx) || replacesWorkspace(ctx)) workspace()?.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.counted) writing -= 1;
  reading.delete(ctx);
  if (!writing && !reading.size) workspace()?.removeAttribute("aria-busy");
});

// A proxy's error page or a sign-in page after a redirect is never put inside ours: only what says it is a fragment.
document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const { raw } = ctx.response;
  if (goesBack(ctx) || raw.status === 204) return;
  if (isQuiet(ctx) && !raw.ok) {
    event.preventDefault();
    if (raw.status === 400) raw.text().then((text) => renew(parsed(text)));
    return;
  }
  if (raw.headers.has("X-Fragment") || raw.headers.has("HX-Redirect")) return;
  event.preventDefault();
  if (isQuiet(ctx)) return;
  if (raw.ok && (raw.redirected || !sends(ctx))) location.assign(raw.url);
  else tell(ctx, "That did not work", "The answer was not one of ours, so it was not shown. Your text is untouched.");
});

// Whoever has signed in again beside the text has a new session, and the form still the old one's token: the refusal
// brings the new token, and the same is sent once more.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status !== 400 || !sends(ctx) || !renew(parsed(ctx.text))) return;
  event.preventDefault();
  setTimeout(() => again(ctx)); // the form is free when this request has ended
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  // An answer that was overtaken may still arrive: a prefetch has a signal of its own.
  if (ctx.request?.signal?.aborted) return event.preventDefault();
  // Going back to a page without a workspace (sign-in, an error) has to be a real page load.
  if (goesBack(ctx) && (ctx.response.raw.redirected || !ctx.text.includes("hx-history-elt"))) {
    event.preventDefault();
    location.reload();
  }
});

document.addEventListener("htmx:error", (event) => {
  const { ctx } = event.detail;
  if (!ctx?.request || isQuiet(ctx)) return;
  const words = navigator.onLine ? "The server did not answer." : "You seem to be offline.";
  tell(ctx, "Not done", `${words} Your text is untouched.`);
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  const refused = ctx.response?.status >= 400;
  if (!refused && (replacesWorkspace(ctx) || writes(ctx))) alerts().replaceChildren();
  if (!refused && replacesWorkspace(ctx) && !writes(ctx)) document.getElementById("notices").replaceChildren();
  for (const error of document.querySelectorAll("#editor .field-error")) {
    const field = document.getElementById(error.id.replace(/-error$/, ""));
    if (field) field.ariaInvalid = error.hasChildNodes() ? "true" : null;
  }
  if (refused) offerAgain(ctx);
  if (refused && writes(ctx)) document.querySelector("#conflict h2, #alerts h2")?.focus();
  else if (replacesWorkspace(ctx) || writes(ctx)) holdFocus();
});

// The browser would move the focus to <body> on Back; it stays where it was.
window.navigation?.addEventListener("navigate", (event) => {
  if (window.htmx && event.navigationType === "traverse" && event.canIntercept && !event.hashChange)
    event.intercept({ focusReset: "manual", scroll: "manual" });
});

// What had the focus may be gone: it goes to the row of what is shown, or where that is folded away, to the workspace.
function holdFocus() {
  const lost = () => document.activeElement === document.body;
  if (lost()) document.querySelector("#timeline [aria-current]")?.focus();
  if (lost()) workspace()?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  event.target.closest?.("[data-dismiss]")?.closest(".alert, .notice")?.remove();
});

const parsed = (text) => document.createRange().createContextualFragment(text);

// Whoever signed in again has a new session: the refusal of the old one's token brings the new one, for the same person.
// Return whether the forms had another.
function renew(refusal) {
  const { viewer } = document.body.dataset;
  const token = refusal.querySelector("[data-csrf]")?.dataset;
  const old = [...document.getElementsByName("csrf_token")].filter((input) => input.value !== token?.csrf);
  if (!viewer || token?.viewer !== viewer) return false;
  for (const input of old) input.value = token.csrf;
  return old.length > 0;
}

function again(ctx) {
  if (writes(ctx)) ctx.sourceElement.requestSubmit(ctx.request.submitter);
  else ctx.sourceElement.click();
}

// Tell of a refusal above the workspace, with a way to try the same again.
function tell(ctx, title, message) {
  const box = alertWith(title, message);
  offerAgain(ctx);
  if (writes(ctx)) box.querySelector("h2").focus();
}

function offerAgain(ctx) {
  for (const button of alerts().querySelectorAll("[data-retry]"))
    button.onclick = () => {
      alerts().replaceChildren();
      if (goesBack(ctx)) location.reload();
      else again(ctx);
    };
}

function alertWith(title, message) {
  const blank = document.getElementById("alert-blank").content.cloneNode(true);
  blank.querySelector("h2").textContent = title;
  blank.querySelector("p").textContent = message;
  alerts().replaceChildren(blank);
  return alerts().firstElementChild;
}

window.stet ??= {};
window.stet.guards = { alertWith, renew, writes };
