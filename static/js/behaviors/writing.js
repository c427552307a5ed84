// Says how long the text is, and where the note goes, what has changed: what the history will say without a note.

// As webapp/pure/tokens.py and words.py count: runs without space that hold a letter or digit, each ideograph by itself.
const CJK = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`[${CJK}]|[^\\s${CJK}]+`, "gu");
const LETTER = /[\p{L}\p{N}]/u;
const WORDS_A_MINUTE = 238;
const REST_MS = 300;
const FIELDS = { text: "body", title: "title", tags: "tags" };

let resting = 0;
let sent = null;
let before = null; // what the fields held when they were served or saved, and the words of the text

const form = () => document.querySelector("form[data-unsaved]");
const held = (key = "value") => Object.fromEntries(Object.entries(FIELDS).map(([what, name]) => [what, form().elements[name][key]]));
const later = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 1));

function tell() {
  if (!form()) return;
  const now = held();
  const words = now.text === before.text ? before.words : count(now.text);
  document.querySelector("[data-length]").replaceChildren(...length(words));
  const { note } = form().elements;
  note.dataset.unchanged ??= note.placeholder;
  if (!form().elements.source?.value) note.placeholder = changed(now, words) || note.dataset.unchanged;
}

function count(text) {
  let words = 0;
  for (const [run] of text.matchAll(RUN)) if (LETTER.test(run)) words += 1;
  return words;
}

function length(words) {
  if (!words) return [];
  const ear = document.createElement("span");
  ear.className = "visually-hidden";
  ear.textContent = " to read";
  return [`${words.toLocaleString("en")} word${words === 1 ? "" : "s"} · ${Math.ceil(words / WORDS_A_MINUTE).toLocaleString("en")} min`, ear];
}

// "Title and text changed: +12 words"
function changed(now, words) {
  const names = Object.keys(FIELDS).filter((what) => now[what] !== before[what]);
  if (!names.length) return "";
  const sentence = `${names.join(" and ")} changed`;
  const more = words - before.words;
  const amount = more ? `: ${more > 0 ? "+" : "−"}${Math.abs(more).toLocaleString("en")} word${Math.abs(more) === 1 ? "" : "s"}` : "";
  return sentence[0].toUpperCase() + sentence.slice(1) + amount;
}

function begin(fields) {
  before = { ...fields, words: count(fields.text) };
  tell();
}

for (const change of ["input", "stet:filled"])
  document.addEventListener(change, (event) => {
    if (!event.target.closest?.("form[data-unsaved]") || !before) return;
    clearTimeout(resting);
    resting = setTimeout(tell, REST_MS);
  });

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (form() && ctx.sourceElement === form()) sent = held();
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!form()) return;
  if (ctx.sourceElement === form() && ctx.response.status < 400) begin(sent);
  else if (ctx.target?.id === "workspace") later(() => form() && begin(held("defaultValue")));
});

if (form()) later(() => begin(held("defaultValue")));
