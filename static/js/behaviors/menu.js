// A menu closes when something else is pressed, on Esc, and when the focus leaves it.

document.addEventListener("click", (event) => closeAll((menu) => !menu.contains(event.target)));

document.addEventListener("focusin", (event) => closeAll((menu) => !menu.contains(event.target)));

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

function closeAll(which) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (which(menu)) menu.open = false;
}
