// What was taken back into the form is read first.

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target?.id === "workspace" && ctx.request.method === "POST") document.getElementById("taken-heading")?.focus();
});
