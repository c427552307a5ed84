// What happens to typed text when the form goes: it is on its way to the server, or in the journal, before the page is gone.

const { journal, goodbye, pending, say, settled, writing } = window.stet;
const { DRAFTS, line, dirty, snapshot, flush, settle, bring, fill, offer, typed } = writing;
const PATIENCE_MS = 3_000;
const LARGEST_GOODBYE = 50_000; // characters

let leaving = false;

// Where a draft is looked for while its newest text is on the way, the text goes first.
document.addEventListener(
  "click",
  async (event) => {
    const link = event.target.closest?.(DRAFTS);
    if (!link || "waited" in link.dataset || event.ctrlKey || event.metaKey || event.shiftKey) return;
    flush();
    if (!pending()) return;
    event.preventDefault();
    event.stopPropagation();
    await settled(PATIENCE_MS);
    link.dataset.waited = "";
    link.click();
    delete link.dataset.waited;
  },
  true,
);

document.addEventListener("click", (event) => {
  const { dataset } = event.target.closest?.("[data-unsaved-discard], [data-offer-take], [data-offer-drop]") ?? {};
  if (!dataset || !line()) return;
  if ("unsavedDiscard" in dataset) refill();
  else answer("offerTake" in dataset);
  document.getElementById("body").focus();
});

function refill() {
  fill(line().filled);
  for (const box of document.querySelectorAll("[data-unsaved-back]")) box.hidden = true;
  typed();
  flush();
  say("Unsaved text discarded");
}

function answer(takes) {
  const [entry, ...rest] = line().offered;
  if (takes) {
    flush(); // what stands in the form now is a draft of its own
    bring(entry);
  } else journal.remove(entry.id);
  offer(rest);
}

addEventListener("submit", async (event) => {
  const { dataset, elements } = event.target;
  if (line() && event.target === line().form) {
    const sent = snapshot({ sent: true });
    for (const name of ["turn", "caret"]) if (elements[name]) elements[name].value = sent[name];
    leaving = !event.target.hasAttribute("hx-post");
    if (leaving) journal.put(sent);
  } else if ("discards" in dataset && line()) {
    settle();
    leaving = true;
    journal.remove(line().form.elements.save_id.value);
    if (!pending()) return;
    event.preventDefault(); // what is on its way would arrive after the end of the draft, and begin another
    await settled(PATIENCE_MS);
    event.target.submit();
  } else if ("forgetUnsaved" in dataset) {
    localStorage["stet:left"] = Date.now();
    if (!pending() && !dirty()) for (const entry of await journal.all()) journal.remove(entry.id);
  }
}, true);

// It asks only where the text would be left behind: offline, or too long to be sent by a page that is gone.
addEventListener("beforeunload", (event) => {
  if (leaving || !dirty()) return;
  if (!navigator.onLine || line().form.elements.body.value.length > LARGEST_GOODBYE) event.preventDefault();
});

addEventListener("pagehide", () => {
  if (dirty() && !leaving) goodbye(snapshot());
});

// Back brings a page out of the browser's memory as it was; after signing out the server has to say who sees it.
addEventListener("pageshow", ({ persisted }) => {
  leaving = false;
  if (persisted && localStorage["stet:left"] > performance.timeOrigin) location.reload();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden && dirty()) flush();
});
