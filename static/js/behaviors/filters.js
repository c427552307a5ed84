// The filters of the timeline swap the list in place; the address of the page says which are set, and the other way round.

const NAMES = ["labelled", "mine", "author", "on"];

const form = () => document.querySelector("[data-filters]");

// What is set, as an address has it: "mine=1".
function set(fields) {
  return new URLSearchParams([...fields].filter(([name, value]) => NAMES.includes(name) && value)).toString();
}

const shown = () => set(new FormData(form()));
const asked = () => set(new URLSearchParams(location.search));

// Every address that the page takes on carries the filters along.
document.addEventListener("htmx:before:history:update", (event) => {
  const { history } = event.detail;
  if (form()) history.path = withFilters(history.path);
});

document.addEventListener("change", (event) => {
  if (!form()?.contains(event.target)) return;
  const { author, mine } = form().elements;
  if (event.target === author && author.value) mine.checked = false;
  if (event.target === mine && mine.checked) author.value = "";
  if (!window.htmx && event.target.matches(".filters-now")) form().requestSubmit();
}, true);

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-filters-all]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  fill(new URLSearchParams());
  form().requestSubmit();
});

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (!form()) return;
  if (ctx.sourceElement === form() && ctx.response?.status < 400) arrived();
  // Back may lead to other filters than the list was fetched with.
  else if (ctx.target?.id === "workspace" && shown() !== asked()) {
    fill(new URLSearchParams(location.search));
    form().requestSubmit();
  }
});

function arrived() {
  const dates = form().querySelector("details[open]");
  if (dates) {
    dates.open = false;
    dates.querySelector("summary").focus();
  }
  form().querySelector("details").toggleAttribute("data-set", Boolean(form().elements.on.value));
  form().querySelector("[data-filters-all]").ariaCurrent = shown() ? null : "page";
  history.replaceState(history.state, "", withFilters(location.pathname + location.search));
}

function withFilters(address) {
  const [path, query] = address.split("?");
  const kept = new URLSearchParams(query);
  for (const name of NAMES) kept.delete(name);
  const all = [kept.toString(), shown()].filter(Boolean).join("&");
  return all ? `${path}?${all}` : path;
}

function fill(values) {
  for (const name of NAMES) {
    const field = form().elements[name];
    if (field.type === "checkbox") field.checked = values.get(name) === "1";
    else field.value = values.get(name) ?? "";
  }
}
