// Typing one's own words for a passage chooses them.

document.addEventListener("input", (event) => {
  const { chooses } = event.target.dataset;
  if (chooses) document.getElementById(chooses).checked = true;
});
