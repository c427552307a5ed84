// The line in the top bar that says whether what is typed is safe, and the banner for when the server is out of reach.

const clock = (at) => new Date(at ?? Date.now()).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const WORDS = { saved: () => "All changes saved", unsaved: () => "Unsaved changes", saving: () => "Saving…", draft: (at) => `Draft saved ${clock(at)}` };

document.addEventListener("stet:state", ({ detail: { state, status, words, at } }) => {
  const line = document.getElementById("save-state");
  if (!line) return;
  const away = state === "failed" && (status === 0 || status >= 500);
  const post = document.getElementById("workspace")?.dataset.post;
  line.textContent = state === "saved" && post === "new" ? "" : (WORDS[state]?.(at) ?? refusal(status));
  line.dataset.state = state;
  line.title = words;
  for (const banner of document.querySelectorAll("[data-offline]")) banner.hidden = !away && !(state !== "draft" && state !== "saved" && !banner.hidden);
});

function refusal(status) {
  if (status === 401) return "Not saved: signed out";
  if (status === 0) return navigator.onLine ? "Not saved: no answer" : "Not saved: offline";
  return status >= 500 ? "Not saved: no answer" : "Not saved";
}
