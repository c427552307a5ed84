// Texts of a form, against those that the server has stored.

// Line ends as the server keeps them.
const plain = (text) => text.replace(/\r\n?/g, "\n");

// It takes stray space from a title, and from the tags those that are there already.
const squashed = (text) => text.replace(/[\s\x1c-\x1f\x85]+/g, "");
const sameTitle = (one, other) => squashed(one) === squashed(other);
const tagSet = (text) => new Set(text.split(",").map((tag) => squashed(tag).toLowerCase()).filter(Boolean));
const sameTags = (one, other) => [...tagSet(one)].join() === [...tagSet(other)].join();

// Change what was sent into what it became, in a field where somebody may have typed on: only what differs is put in its
// place, so that the caret stays with its words. Return false where both changed the same part; then nothing is put.
function put(field, sent, became) {
  const now = plain(field.value);
  const theirs = span(sent, became);
  const typed = span(sent, now);
  const before = theirs.end < typed.start;
  if (now !== sent && became !== sent && !before && theirs.start <= typed.end) return false;
  const moved = now === sent || before ? 0 : now.length - sent.length;
  if (became !== sent) field.setRangeText(theirs.text, theirs.start + moved, theirs.end + moved, "preserve");
  return true;
}

// Return the one part of `old` that `text` has instead.
function span(old, text) {
  let start = 0;
  let end = 0;
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) start += 1;
  while (end < Math.min(old.length, text.length) - start && old.at(-1 - end) === text.at(-1 - end)) end += 1;
  return { start, end: old.length - end, text: text.slice(start, text.length - end) };
}

window.stet ??= {};
window.stet.texts = { plain, put, sameTitle, sameTags };
