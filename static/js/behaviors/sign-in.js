// Signing in beside the text when the session has ended, and what becomes of the text of somebody who lost the right to edit.

const alerts = () => document.getElementById("alerts");
const signInLink = "a[href*='/login']";
let refused = null; // the button of the save that was refused
let dialog = null;

document.addEventListener("stet:not-kept", ({ detail: { status, page } }) => {
  if (status === 401 && page && !alerts().hasChildNodes()) alerts().replaceChildren(page);
  if (status === 401) here();
  if (status === 404 && !alerts().hasChildNodes())
    tell("Your text is kept in this browser only", "The post is gone, or you may not edit it any more. Copy what you need.");
});

document.addEventListener("stet:kept", ({ detail: { section } }) => {
  const { noRight } = section.dataset;
  if (!noRight || alerts().querySelector("[data-no-right]")) return;
  const box = tell("You may not edit this post any more", "What you typed is kept as a draft of yours, which you can read and copy.");
  box.dataset.noRight = "";
  const link = Object.assign(document.createElement("a"), { href: noRight, textContent: "Read your draft", className: "button" });
  box.querySelector(".alert-do").append(link);
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.response?.status !== 401) return;
  here();
  const isSave = ctx.sourceElement?.id === "editor";
  refused = isSave ? (ctx.request.submitter ?? ctx.sourceElement.querySelector('[name="action"]')) : null;
});

// What the server said of a new tab holds without this script.
function here() {
  for (const words of alerts().querySelectorAll(`${signInLink} .visually-hidden`)) words.remove();
}

// A plain click signs in here, any other opens the page of its own that the link leads to.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(`#alerts ${signInLink}`);
  if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    ask(link);
  } else if (event.target.closest?.("[data-sign-in-close]")) dialog.close();
});

async function ask(link) {
  const page = await load(link.href).catch(() => null);
  const form = page?.body.querySelector("form[action*='/login']");
  if (!form) return void window.open(link.href, "_blank", "noopener");
  dialog ??= document.body.appendChild(Object.assign(document.createElement("dialog"), { className: "dialog", ariaLabel: "Sign in" }));
  show(form);
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden])").focus();
  dialog.addEventListener("close", () => link.isConnected && link.focus(), { once: true });
}

function show(form) {
  const close = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Cancel" });
  close.dataset.signInClose = "";
  form.querySelector(".form-do").append(close);
  form.classList.remove("card");
  dialog.replaceChildren(form);
}

document.addEventListener("submit", async (event) => {
  if (!dialog?.contains(event.target)) return;
  event.preventDefault();
  const page = await load(event.target.action, { method: "POST", body: new FormData(event.target) }).catch(() => null);
  const viewer = page?.body.dataset.viewer;
  const form = page?.querySelector("form[action*='/login']");
  if (viewer === document.body.dataset.viewer) return entered(page);
  if (viewer) complain("This is another account. Your text belongs to the one that was signed in here.");
  else if (form) show(document.importNode(form, true));
  else complain("The server did not answer. Try again in a moment.");
});

// The forms get the new session's token, and what waited for it goes now.
function entered(page) {
  const { value } = page.querySelector('[name="csrf_token"]');
  for (const input of document.getElementsByName("csrf_token")) input.value = value;
  dialog.close();
  alerts().replaceChildren();
  window.stet.tryAgain();
  const form = document.getElementById("editor");
  form?.elements.body.focus();
  if (refused?.isConnected) form.requestSubmit(refused);
  refused = null;
}

function complain(sentence) {
  const line = dialog.querySelector("[data-complaint]") ?? Object.assign(document.createElement("p"), { className: "field-error", role: "alert" });
  line.dataset.complaint = "";
  line.textContent = sentence;
  dialog.querySelector(".form-do").before(line);
}

async function load(address, options) {
  const response = await fetch(address, options);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function tell(title, message) {
  const box = window.stet.guards.alertWith(title, message);
  box.querySelector("[data-retry]").remove();
  return box;
}
