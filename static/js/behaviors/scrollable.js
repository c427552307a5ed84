// Code and tables that are wider than the column can be scrolled with the keyboard.

const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});

function find() {
  for (const wide of document.querySelectorAll(".prose :is(pre, table)")) watch.observe(wide);
}

find();
document.addEventListener("htmx:after:swap", find);
