// A menu closes when something else is pressed, on Esc, and when the focus leaves it.

for (const leaving of ["click", "focusin"])
  document.addEventListener(leaving, ({ target }) => {
    for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(target)) menu.open = false;
  });

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
