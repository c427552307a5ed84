// On wide screens the column of posts folds away and stays so; the server reads the cookie, so that nothing jumps.

const wide = matchMedia("(width >= 80rem)");
const button = () => document.querySelector(".posts-button");
const isFolded = () => document.body.dataset.posts === "folded";

// Narrower, the same button opens the column as a popover, and the browser says by itself whether it is open.
function tell() {
  if (button()) button().ariaExpanded = wide.matches ? !isFolded() : null;
}

document.addEventListener("click", (event) => {
  if (!wide.matches || !event.target.closest?.(".posts-button")) return;
  event.preventDefault();
  document.body.dataset.posts = isFolded() ? "open" : "folded";
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `posts=${document.body.dataset.posts}; path=/; max-age=31536000; samesite=lax${secure}`;
  tell();
});

wide.addEventListener("change", tell);
tell();
