// The form of the editor from its first keystroke to its save: what is typed is kept as a draft on the server, until then
// in the browser's journal, and the top bar says which of them has it.

const { draftList, journal, keep, pending, say, sha256 } = window.stet;
const { plain, put, sameTitle, sameTags } = window.stet.texts;
const FIELDS = ["title", "tags", "note", "body"];
const RECEIPT = ["seen", "source", "taken", "save_id", "draft", "state", "given"];
const JOURNAL_MS = 300;
const DRAFT_MS = 1_200;
const DRAFTS = "[data-home], [data-draft-offer] a, .draft-link";

const CARET = "stet:caret";
const TAB = (sessionStorage["stet:tab"] ??= Math.random().toString(36).slice(2)); // outlives a reload, not the tab
let line = null; // what is known of the form that is shown
let returning = false; // whether somebody went back to their draft: they go on typing
let kept = 0; // how many texts have arrived at the server since the page was opened

const form = () => document.querySelector("form[data-unsaved]");
const workspace = () => document.getElementById("workspace");
const values = (from, names = FIELDS) => Object.fromEntries(names.map((name) => [name, plain(from.elements[name]?.value ?? "")]));
// Not `value`: a browser may already have put back what was typed before a reload.
const served = (from) => Object.fromEntries(FIELDS.map((name) => [name, plain(from.elements[name]?.defaultValue ?? "")]));
const same = (one, other) => FIELDS.every((name) => one[name] === other[name]);
const dirty = () => Boolean(line) && !same(values(line.form), line.stored);
const place = () => ({ home: "home", revision: `revision ${workspace().dataset.revision}`, draft: `draft ${workspace().dataset.draft}` })[workspace().dataset.fills];
const replaces = (ctx) => ctx.target?.id === "workspace" && ctx.sourceElement !== form();

function arrive() {
  line = null;
  if (!form()) return tellState();
  const refused = "refused" in form().dataset;
  // `filled` is what the server put there, `stored` what it is known to have.
  const filled = served(form());
  line = { form: form(), filled, stored: refused ? {} : filled, drafted: Boolean(workspace().dataset.draft), at: workspace().dataset.keptAt, turn: 0, timers: [] };
  const { body, caret } = line.form.elements;
  if (line.drafted) body.setSelectionRange(Number(caret?.value), Number(caret?.value));
  const at = sessionStorage[CARET];
  if (at) {
    body.focus();
    body.setSelectionRange(at, at);
  }
  delete sessionStorage[CARET];
  follow();
  if (!refused) recall();
  tellState(refused ? form().dataset.refused || "failed" : undefined);
  if (refused) line.timers = [setTimeout(flush, DRAFT_MS)];
}

// The first save of a post leads to its editor, and whoever was typing goes on there.
document.addEventListener("submit", ({ target }) => {
  const { body } = target.elements;
  if (workspace()?.dataset.post === "new" && body?.matches(":focus")) sessionStorage[CARET] = body.selectionStart;
});

// Bring back what this tab was typing here; offer what was found of others, of crashes and of days offline.
async function recall() {
  const { form } = line;
  const entries = await journal.all();
  if (line?.form !== form) return;
  const now = values(form);
  const here = ({ fields, sent }) => same(fields, now) || (sent && fields.body === now.body && fields.title.trim() === now.title);
  for (const entry of entries.filter(here)) journal.remove(entry.id);
  const left = entries.filter((entry) => !here(entry) && entry.post === workspace().dataset.post);
  const own = left.find((entry) => entry.tab === TAB && entry.place === place() && entry.receipt.seen === form.elements.seen?.value);
  if (own && !dirty()) bring(own);
  offer(left.filter((entry) => entry !== own && (entry.tab !== TAB || !pending())));
}

function fill(words) {
  for (const [name, value] of Object.entries(words)) if (line.form.elements[name]) line.form.elements[name].value = value;
  line.form.dispatchEvent(new Event("stet:filled", { bubbles: true }));
}

function bring(entry) {
  fill({ ...entry.fields, ...entry.receipt });
  line.turn = entry.turn;
  line.form.elements.body.setSelectionRange(entry.caret, entry.caret);
  show("[data-unsaved-back]", true);
  say("Your unsaved text is back");
  typed();
}

function offer(entries) {
  const [entry] = (line.offered = entries);
  for (const box of show("[data-unsaved-offer]", Boolean(entry))) {
    if (!entry) continue;
    box.querySelector("relative-time").setAttribute("datetime", new Date(entry.at).toISOString());
    const compare = box.querySelector("form");
    compare.hidden = entry.post === "new";
    for (const [name, value] of Object.entries({ ...entry.fields, ...entry.receipt })) if (compare.elements[name]) compare.elements[name].value = value;
  }
}

function snapshot({ sent = false } = {}) {
  const { elements } = line.form;
  const receipt = values(line.form, RECEIPT);
  const url = `${line.form.getAttribute("action").replace(/\/update$/, "")}/draft`;
  line.turn += 1;
  return {
    id: receipt.save_id, url, receipt, fields: values(line.form), turn: line.turn, caret: elements.body.selectionStart,
    post: workspace().dataset.post, place: place(), tab: TAB, at: Date.now(), sent,
  };
}

function typed() {
  settle();
  tellState("unsaved");
  line.timers = [setTimeout(() => dirty() && journal.put(snapshot()), JOURNAL_MS), setTimeout(flush, DRAFT_MS)];
}

function settle() {
  line?.timers.forEach(clearTimeout);
}

// Send what is typed and not kept yet; nothing waits for it.
function flush() {
  settle();
  if (!line || line.saving) return;
  if (!dirty()) return tellState();
  tellState("saving");
  keep(snapshot());
}

document.addEventListener("stet:kept", ({ detail: { snapshot, section } }) => {
  kept += 1;
  const ours = line?.form.elements.save_id.value === snapshot.id;
  if (!ours || same(values(line.form), snapshot.fields)) journal.remove(snapshot.id);
  if (line && snapshot.post === workspace().dataset.post) draftList.put(section);
  if (ours) acknowledged(snapshot, section.dataset);
  else catchUp();
  follow();
});

function acknowledged(snapshot, { draft, state, keptAt }) {
  Object.assign(line, { stored: snapshot.fields, drafted: Boolean(draft), at: keptAt });
  for (const [name, value] of Object.entries({ draft, state })) line.form.elements[name].value = value;
  if (draft && workspace().dataset.fills === "revision") {
    Object.assign(workspace().dataset, { fills: "draft", draft });
    history.replaceState(history.state, "", `?draft=${draft}`);
  }
  tellState();
}

// A page that was asked for before the text arrived does not have it yet.
function catchUp() {
  if (!line || dirty() || workspace().dataset.fills !== "home" || workspace().dataset.post === "new") return;
  htmx.ajax("GET", line.form.getAttribute("action"), { target: "#workspace", swap: "outerHTML" });
}

document.addEventListener("stet:not-kept", ({ detail: { snapshot, status, words, renamed } }) => {
  if (line?.form.elements.save_id.value !== snapshot.id) return;
  if (renamed) rename();
  else if (!line.saving) tellState("failed", status, words);
});

// The form becomes another one, whose draft stands beside what is there.
function rename() {
  line.turn = 0;
  const fresh = { save_id: crypto.getRandomValues(new Uint32Array(4)).join(""), draft: "", state: "" };
  for (const [name, value] of Object.entries(fresh)) line.form.elements[name].value = value;
  flush();
}

const follow = () => draftList.follow(line?.form.elements.draft?.value ?? "", dirty());

function show(selector, visible) {
  const boxes = [...document.querySelectorAll(selector)];
  for (const box of boxes) box.hidden = !visible;
  return boxes;
}

function tellState(state = dirty() ? "unsaved" : line?.drafted ? "draft" : "saved", status = 200, words = "") {
  document.dispatchEvent(new CustomEvent("stet:state", { detail: { state, status, words, at: line?.at } }));
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("a")) returning = Boolean(event.target.closest(DRAFTS));
});

document.addEventListener("input", (event) => {
  if (line && event.target.form === line.form) typed();
});

document.addEventListener("htmx:config:request", (event) => {
  if (dirty() || line?.drafted) event.detail.ctx.request.headers["X-Form-Dirty"] = "1";
});

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  ctx.kept = kept;
  if (line && replaces(ctx)) flush();
  if (!line || ctx.sourceElement !== line.form) return;
  settle();
  line.saving = snapshot({ sent: true });
  journal.put(line.saving);
  tellState("saving");
});

document.addEventListener("htmx:before:swap", (event) => {
  if (!event.defaultPrevented && line && replaces(event.detail.ctx)) flush();
});

// The form itself stays after a save; what was typed while it ran is still unsaved.
document.addEventListener("htmx:after:swap", async ({ detail: { ctx } }) => {
  if (line?.saving && ctx.sourceElement === line.form) {
    if (ctx.response.status < 400) await saved(line, line.saving);
    else tellState("failed");
  } else if (ctx.target?.id === "workspace" || line?.form !== form()) {
    arrive();
    if (ctx.kept !== kept) catchUp();
    if (returning) line?.form.elements.body.focus();
    returning = false;
  }
});

async function saved(line, sent) {
  const { elements } = line.form;
  const receipt = document.getElementById("receipt");
  const merged = Object.fromEntries([...receipt.querySelectorAll("[data-became]")].map((input) => [input.dataset.became, plain(input.value)]));
  const became = { ...sent.fields, ...merged };
  Object.assign(line, { turn: 0, drafted: false });
  if (plain(elements.note.value) === sent.fields.note) elements.note.value = "";
  draftList.remove(sent.receipt.draft);
  show("[data-unsaved-back]", false);
  const { sha256: hash, title, tags, note = became.note } = receipt.dataset; // a note is only stored with a change
  const stored = hash === (await sha256(became.body)) && sameTitle(title, became.title) && sameTags(tags, became.tags) && sameTitle(note, became.note);
  if (!stored) return tellState("failed", 200, "The server has stored another text than yours.");
  // Where what was typed meanwhile touches the other one's change, it is merged again with the next save.
  const fits = Object.entries(merged).every(([name, text]) => put(elements[name], sent.fields[name], text));
  if (!fits) elements.seen.value = sent.receipt.seen;
  const now = { ...(fits ? became : sent.fields), note: "" };
  Object.assign(line, { stored: now, filled: now });
  await journal.remove(sent.id);
  follow();
  tellState();
}

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (!line?.saving || ctx.sourceElement !== line.form) return;
  if (ctx.status !== "swapped") tellState("failed", ctx.response?.status ?? 0);
  line.saving = undefined;
  if (dirty()) line.timers = [setTimeout(flush, DRAFT_MS)];
});

window.stet.writing = { DRAFTS, line: () => line, dirty, snapshot, flush, fill, typed, settle, bring, offer };

arrive();
