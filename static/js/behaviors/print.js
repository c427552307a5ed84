// Ctrl P in the editor prints the text as its readers see it, not its source in a field.

document.addEventListener("keydown", (event) => {
  const field = document.querySelector("#workspace #body");
  const asks = event.key.toLowerCase() === "p" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!asks || !field?.checkVisibility() || document.getElementById("workspace").dataset.post === "new") return;
  event.preventDefault();
  printText();
});

// What is printed is what is saved: its last line names the revision.
async function printText() {
  const { post, revision } = document.getElementById("workspace").dataset;
  const answer = await fetch(`/${post}?revision=${revision}`).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const article = page && page.querySelector(".reading article");
  if (article) {
    const sheet = document.createElement("div");
    sheet.id = "print";
    sheet.className = "reading";
    sheet.append(article);
    document.getElementById("print")?.remove();
    document.body.append(sheet);
  }
  window.print();
}

window.addEventListener("afterprint", () => document.getElementById("print")?.remove());
