// Says in one short sentence what has just changed, for those who do not see it.

let last = "";

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  const receipt = document.getElementById("receipt");
  if (ctx.response?.status >= 400 || !receipt) return;
  if (ctx.target?.id !== "workspace") return;
  const { saved } = receipt.dataset;
  const { revision, preview, said } = document.getElementById("workspace").dataset;
  const published = ctx.request.submitter?.value === "publish";
  if (ctx.sourceElement?.id === "editor" && saved) say(`Saved as revision ${saved}${published ? " and published" : ""}`);
  else if (ctx.sourceElement?.id === "editor") say(published ? `Published revision ${revision}` : "Nothing had changed, so no revision was made");
  else if (said) say(said);
  else if (preview === "true") say(`Previewing revision ${revision}`);
  else say(`Revision ${revision}, the latest`);
});

// The same sentence twice is announced twice only if the text differs: an unseen space does it.
function say(sentence) {
  last = sentence === last ? `${sentence}\u00a0` : sentence;
  document.getElementById("live").textContent = last;
}

window.stet.say = say;
