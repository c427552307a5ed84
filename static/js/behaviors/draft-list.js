// One's own drafts on top of the history, and what around the form says where one's draft is.

const rows = () => [...document.querySelectorAll("[data-draft-row]")];

// Put the list that came with an answer in place of the old one, unless somebody is reading in it.
function put(section) {
  const old = document.getElementById("drafts");
  if (!old || old.querySelector("details[open]")) return;
  old.replaceWith(section);
  htmx.process(section);
}

function remove(draft) {
  for (const row of rows()) if (row.dataset.draftRow === draft) row.remove();
}

// `shown` is the draft in the form, "" if there is none.
function follow(shown, dirty) {
  for (const row of rows()) row.querySelector("a").ariaCurrent = row.dataset.draftRow === shown ? "true" : null;
  for (const link of document.querySelectorAll("[data-home]")) link.textContent = rows().length ? "Back to my draft" : "Back to latest";
  if (document.getElementById("workspace")?.dataset.post === "new") return;
  for (const box of document.querySelectorAll("[data-draft-offer]")) box.hidden = !rows().length || Boolean(shown) || dirty;
}

window.stet ??= {};
window.stet.draftList = { put, remove, follow };
