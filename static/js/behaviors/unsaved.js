// Typed text that is not saved yet outlives looking at other revisions, Back, reload and a crash of the tab.
//
// It is kept in memory and in localStorage, one text for each post, view (the latest, or a revision shown), revision that
// the form grew from, and tab. It comes back by itself only where all four are the same; elsewhere it is offered.

const PREFIX = `stet:unsaved:${document.body.dataset.viewer ?? ""}:`;
const FIELDS = ["title", "tags", "body", "note"];
const RECEIPT = ["seen", "save_id", "source"];
const REST_MS = 300;

const TAB = (sessionStorage["stet:tab"] ??= Math.random().toString(36).slice(2)); // outlives a reload, not the tab
const memory = new Map();
const baselines = new WeakMap(); // form → the fields and the receipt that the server gave it
let typing = 0;
let sent = null; // what a save under way carries
let wanted = null; // the text that someone asked to have back
let leaving = false;

const form = () => document.querySelector("form[data-unsaved]");
const workspace = () => document.getElementById("workspace");
const values = (from, names = FIELDS) => Object.fromEntries(names.map((name) => [name, from.elements[name]?.value ?? ""]));
// Not `value`: a browser may already have put back what was typed before a reload.
const served = (from) => Object.fromEntries(FIELDS.map((name) => [name, from.elements[name]?.defaultValue ?? ""]));
const same = (one, other) => FIELDS.every((name) => one[name] === other[name]);
const view = () => (workspace().dataset.preview === "true" ? workspace().dataset.revision : "latest");
const place = () => `${PREFIX}${workspace().dataset.post}:`;
const home = () => `${place()}${view()}:`;
const key = () => `${home()}${form().elements.seen?.value ?? ""}:${TAB}`;
// Not `location`: on Back it is the next page's already.
const address = () => form().getAttribute("action") + (view() === "latest" ? "" : `?revision=${view()}`);
const dirty = () => Boolean(form()) && !same(values(form()), baselines.get(form())?.fields ?? served(form()));

function arrive() {
  if (!form()) return;
  const refused = "refused" in form().dataset;
  baselines.set(form(), { fields: refused ? {} : served(form()), receipt: values(form(), RECEIPT) });
  if (!refused) forgetAccepted();
  const name = wanted?.startsWith(home()) ? wanted : key();
  wanted = null;
  if (recall(name) && !refused) bring(name);
  else offer();
  tellState();
}

// A page that holds what was sent off shows that it was accepted.
function forgetAccepted() {
  const now = values(form());
  for (const [name, kept] of everything()) {
    if (kept.sent && kept.fields.title === now.title && kept.fields.body === now.body) forget(name);
  }
}

function bring(name) {
  fill(recall(name));
  if (name !== key() && keep()) forget(name); // another tab's is this one's now
  show("[data-unsaved-back]", true);
  show("[data-unsaved-offer]", false);
  say("Your unsaved text is back");
}

function fill({ fields, receipt }) {
  for (const [name, value] of Object.entries({ ...fields, ...receipt })) if (form().elements[name]) form().elements[name].value = value;
  form().dispatchEvent(new Event("stet:filled", { bubbles: true }));
}

function offer() {
  const others = [...everything()].filter(([name]) => name.startsWith(place()) && name !== key());
  const [name, kept] = others.sort((a, b) => b[1].at - a[1].at)[0] ?? [];
  for (const box of show("[data-unsaved-offer]", Boolean(name))) {
    const link = box.querySelector("a");
    if (!name) continue;
    link.href = kept.address;
    link.dataset.unsavedKey = name;
  }
}

function keep({ forSending = false } = {}) {
  const kept = { fields: values(form()), receipt: values(form(), RECEIPT), address: address(), at: Date.now(), sent: forSending };
  memory.set(key(), kept);
  try {
    localStorage.setItem(key(), JSON.stringify(kept));
  } catch {
    return false; // larger than the browser keeps: memory holds it as long as the page is open
  }
  return true;
}

function recall(name) {
  return memory.get(name) ?? JSON.parse(localStorage.getItem(name) ?? "null");
}

function* everything() {
  const names = new Set([...memory.keys(), ...Object.keys(localStorage)]);
  for (const name of names) if (name.startsWith(PREFIX)) yield [name, recall(name)];
}

function forget(name) {
  memory.delete(name);
  localStorage.removeItem(name);
}

function show(selector, visible) {
  const boxes = [...document.querySelectorAll(selector)];
  for (const box of boxes) box.hidden = !visible;
  return boxes;
}

function tellState(state = dirty() ? "unsaved" : "saved") {
  const line = document.getElementById("save-state");
  if (!line) return;
  const words = { saved: "All changes saved", unsaved: "Unsaved changes", saving: "Saving…", failed: "Not saved" };
  line.dataset.state = state;
  const nothing = state === "saved" && workspace().dataset.post === "new";
  line.textContent = nothing ? "" : words[state];
}

function say(sentence) {
  document.dispatchEvent(new CustomEvent("stet:say", { detail: sentence }));
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("form[data-unsaved]") && event.target.form !== form()) return;
  tellState("unsaved");
  clearTimeout(typing);
  typing = setTimeout(() => {
    if (dirty()) keep();
    else forget(key());
    tellState();
  }, REST_MS);
});

document.addEventListener("htmx:config:request", (event) => {
  if (dirty()) event.detail.ctx.request.headers["X-Form-Dirty"] = "1";
});

document.addEventListener("htmx:before:request", (event) => {
  if (event.detail.ctx.sourceElement !== form() || !form()) return;
  clearTimeout(typing);
  if (dirty()) keep();
  sent = { fields: values(form()), key: key() };
  tellState("saving");
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (!event.defaultPrevented && ctx.target?.id === "workspace" && ctx.sourceElement !== form() && dirty()) keep();
});

// The form itself stays after a save; what was typed while it ran is still unsaved.
document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (sent && ctx.sourceElement === form()) {
    if (ctx.response.status < 400) {
      baselines.set(form(), { fields: { ...sent.fields, note: "" }, receipt: values(form(), RECEIPT) });
      if (form().elements.note.value === sent.fields.note) form().elements.note.value = "";
      forget(sent.key);
      show("[data-unsaved-back]", false);
      queueMicrotask(() => {
        if (dirty()) keep();
        offer();
      });
    }
    tellState(ctx.response.status < 400 ? undefined : "failed");
  } else if (ctx.target?.id === "workspace" || !baselines.has(form() ?? document)) {
    arrive();
  }
});

document.addEventListener("htmx:finally:request", (event) => {
  if (!sent || event.detail.ctx.sourceElement !== form()) return;
  if (event.detail.ctx.status !== "swapped") tellState("failed");
  sent = null;
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-unsaved-offer] a");
  if (link) {
    event.preventDefault();
    return void returnTo(link.dataset.unsavedKey, link.href);
  }
  if (event.target.closest("[data-unsaved-discard]")) discard();
});

function returnTo(name, address) {
  if (!recall(name)) return offer(); // another tab saved or discarded it
  if (name.startsWith(home()) && !dirty()) return bring(name);
  wanted = name;
  htmx.ajax("GET", address, { target: "#workspace", swap: "outerHTML", push: "true" });
}

function discard() {
  clearTimeout(typing);
  forget(key());
  fill(baselines.get(form()));
  show("[data-unsaved-back]", false);
  offer();
  tellState();
  document.getElementById("body").focus();
  say("Unsaved text discarded");
}

// Looking around in the same post asks nothing, since the text is kept; leaving it with unsaved text does.
window.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || !dirty() || link.target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const near = link.origin === location.origin && link.pathname.startsWith(`/${workspace().dataset.post}/`);
  if (near) leaving = keep();
});

window.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if ("forgetUnsaved" in event.target.dataset && !dirty()) for (const [name] of everything()) forget(name);
  if (event.target === form()) leaving = keep({ forSending: true });
  else if ("keepsUnsaved" in event.target.dataset && dirty()) leaving = keep();
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && dirty()) event.preventDefault();
});

window.addEventListener("pagehide", () => {
  if (dirty() && !leaving) keep();
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) leaving = false;
});

arrive();
