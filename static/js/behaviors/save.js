// Ctrl S or ⌘ S saves, wherever the focus is.

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const form = document.getElementById("editor");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector('[name="action"][value="save"]'));
});
