// Suggests known tags for the last one of a list with commas; the browser's own suggestions are for the whole field.

let known = null;

for (const moment of ["focusin", "input"])
  document.addEventListener(moment, ({ target }) => target.matches?.("[data-tags]") && suggest(target));

function suggest(field) {
  known ??= [...field.list.options].map((option) => option.value);
  const before = field.value.slice(0, field.value.lastIndexOf(",") + 1);
  const taken = new Set(before.split(",").map((tag) => tag.trim().toLowerCase()));
  const options = known.filter((tag) => !taken.has(tag.toLowerCase())).map((tag) => {
    const option = document.createElement("option");
    option.value = before ? `${before} ${tag}` : tag;
    return option;
  });
  field.list.replaceChildren(...options);
}
