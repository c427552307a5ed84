// Sends what was typed to be kept as a draft, and believes that it is kept only when the server says the hash of it.

const { guards, journal, sha256 } = window.stet;
const LARGEST_GOODBYE_BYTES = 60_000; // what a browser still sends for a page that is gone
const PAUSES_MS = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000];
const HEADERS = { "HX-Request": "true", "HX-Request-Type": "partial", "X-Form-Dirty": "1" };

const queues = new Map(); // id of a form → { newest, running, failures, timer }

// Keep `snapshot`, unless a newer one of the same form comes first, and tell of it by `stet:kept` or `stet:not-kept`.
// One form sends one thing at a time; while the server is away it is tried again in growing pauses.
function keep(snapshot) {
  journal.put(snapshot);
  const queue = queues.get(snapshot.id) ?? { failures: 0 };
  queues.set(snapshot.id, queue);
  queue.newest = snapshot;
  clearTimeout(queue.timer);
  queue.running ??= run(queue).finally(() => (queue.running = undefined));
  return queue.running;
}

async function run(queue) {
  while (queue.newest) {
    const snapshot = queue.newest;
    queue.newest = undefined;
    const answer = await attempt(snapshot);
    if (answer.kept) queue.failures = 0;
    tell(answer.kept ? "stet:kept" : "stet:not-kept", { snapshot, ...answer });
    if (queue.newest) continue;
    if (answer.again) return void wait(queue, snapshot);
    if (answer.status === 401) return void (queue.newest = snapshot); // until somebody has signed in again
    queues.delete(snapshot.id);
  }
}

function wait(queue, snapshot) {
  const pause = PAUSES_MS[Math.min(queue.failures, PAUSES_MS.length - 1)];
  queue.failures += 1;
  queue.newest = snapshot;
  queue.timer = setTimeout(() => resume(queue), pause);
}

function resume(queue) {
  clearTimeout(queue.timer);
  if (queue.newest) queue.running ??= run(queue).finally(() => (queue.running = undefined));
}

// Return what became of it, as far as it is known: { kept, again, renamed, status, section, words, page }.
async function attempt(snapshot) {
  let response;
  try {
    response = await fetch(snapshot.url, { method: "POST", body: filled(snapshot), headers: HEADERS });
  } catch {
    return { again: true, status: 0 };
  }
  const page = document.createRange().createContextualFragment(await response.text());
  if (response.headers.get("X-Fragment") !== "1") return { again: response.status >= 500 || response.ok, status: response.status };
  const section = page.querySelector("#drafts");
  if (!response.ok || !section) return { again: guards.renew(page) || response.status >= 500, status: response.status, words: page.querySelector("p")?.textContent, page };
  const { fields } = snapshot;
  const hash = await sha256([fields.title, fields.tags, fields.note, fields.body].join("\n"));
  if (section.dataset.sha256 === hash) return { kept: true, status: response.status, section };
  // Something else of this form is there: the name was taken by another tab that began as a copy of this one.
  return { again: false, renamed: "late" in section.dataset, status: response.status };
}

function filled({ fields, receipt, turn, caret }) {
  const data = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...receipt, turn, caret })) data.append(name, value);
  data.append("csrf_token", document.querySelector('[name="csrf_token"]')?.value ?? "");
  return data;
}

// For a page that goes: nobody waits for the answer, so the journal keeps it until it is seen to be there.
function goodbye(snapshot) {
  const size = new Blob(Object.values(snapshot.fields)).size;
  const safe = journal.last(snapshot);
  if (size > LARGEST_GOODBYE_BYTES || !navigator.onLine) return safe;
  fetch(snapshot.url, { method: "POST", body: filled(snapshot), headers: HEADERS, keepalive: true }).catch(() => {});
  return true;
}

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

const tryAgain = () => queues.forEach(resume);
// Whether something of this post is still on its way; it settles when it is there, or after so long.
const settled = (ms) => Promise.race([Promise.all([...queues.values()].map((queue) => queue.running)), new Promise((done) => setTimeout(done, ms))]);

addEventListener("online", tryAgain);
Object.assign(window.stet, { keep, goodbye, tryAgain, settled, pending: () => queues.size > 0 });
