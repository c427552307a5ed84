// Ctrl or ⌘ with B, I, E or K while one types puts the marks of the toolbar's button.

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.target.id !== "body") return;
  const button = document.querySelector(`[data-toolbar] [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
