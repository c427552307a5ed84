// What the editor prints is the text as its readers see it, not its source in a field.

// Nothing that comes later is printed any more: the one request that the page waits for.
addEventListener("beforeprint", () => {
  const field = document.querySelector("#workspace #body");
  const { post, revision } = document.getElementById("workspace")?.dataset ?? {};
  if (!field?.checkVisibility() || post === "new") return;
  const request = new XMLHttpRequest();
  request.open("GET", `/${post}?revision=${revision}`, false);
  try {
    request.send();
  } catch {
    return;
  }
  // What is printed is what is saved: its last line names the revision.
  const article = new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".reading article");
  if (request.status !== 200 || !article) return;
  const sheet = Object.assign(document.createElement("div"), { id: "print", className: "reading" });
  sheet.append(article);
  document.body.append(sheet);
});

addEventListener("afterprint", () => document.getElementById("print")?.remove());
