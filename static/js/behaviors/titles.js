// A title is one line that wraps: it grows with its words, and no line break gets into it.

const BREAKS = /\s*[\r\n]+\s*/g;
const grows = CSS.supports("field-sizing", "content");
const MOST_ROWS = 8;

const isTitle = (element) => element?.matches?.("[data-title]");

document.addEventListener("beforeinput", (event) => {
  if (!isTitle(event.target)) return;
  if (["insertLineBreak", "insertParagraph"].includes(event.inputType)) {
    event.preventDefault();
    document.getElementById("body").focus();
    return;
  }
  const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
  if (!/[\r\n]/.test(text)) return;
  event.preventDefault();
  document.execCommand("insertText", false, text.trim().replace(BREAKS, " ")); // what else keeps the browser's undo
});

if (!grows) {
  document.addEventListener("input", ({ target }) => isTitle(target) && fit(target));
  for (const change of ["htmx:after:swap", "stet:filled"]) document.addEventListener(change, fitAll);
  fitAll();
}

function fitAll() {
  for (const title of document.querySelectorAll("[data-title]")) fit(title);
}

function fit(title) {
  title.rows = 1;
  while (title.scrollHeight > title.clientHeight && title.rows < MOST_ROWS) title.rows += 1;
}
