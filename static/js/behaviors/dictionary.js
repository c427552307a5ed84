// Fetches the text that later answers are packed against (views/dictionary.py), once all else is here.
//
// Not as <link rel="compression-dictionary">: for that Chromium sends no cookie. Its support says whether to bother;
// on an insecure origin the browser uses none.

const address = document.querySelector('meta[name="dictionary"]')?.content;

if (address && isSecureContext && document.createElement("link").relList.supports("compression-dictionary")) {
  const whenIdle = window.requestIdleCallback ?? setTimeout;
  addEventListener("load", () => whenIdle(() => fetch(address).then((answer) => answer.text(), () => {})));
}
