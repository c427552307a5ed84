// What was typed and is not known to be on the server, in IndexedDB: it outlives the tab, the browser and a power cut.

const STORE = "journal";
const LAST = "stet:last"; // written while a page goes, when IndexedDB may come too late
const memory = new Map(); // all of it where there is no IndexedDB, else what this page wrote
const mine = `${document.body.dataset.viewer ?? ""}:`;
let opening;

const opened = () =>
  (opening ??= new Promise((done) => {
    const request = indexedDB.open("stet", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(null);
  }).catch(() => null));

async function within(mode, act) {
  const database = await opened();
  if (!database) return undefined;
  return new Promise((done) => {
    const transaction = database.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => done(undefined); // no room: memory holds it as long as the page is open
  });
}

function put(entry) {
  const kept = { ...entry, key: mine + entry.id };
  memory.set(kept.key, kept);
  return within("readwrite", (store) => store.put(kept));
}

function remove(id) {
  memory.delete(mine + id);
  if (read()?.key === mine + id) localStorage.removeItem(LAST);
  return within("readwrite", (store) => store.delete(mine + id));
}

// Return everything of this person, the newest first.
async function all() {
  const stored = (await within("readonly", (store) => store.getAll())) ?? [];
  const entries = new Map([...stored, read(), ...memory.values()].filter(Boolean).map((entry) => [entry.key, entry]));
  return [...entries.values()].filter((entry) => entry.key.startsWith(mine)).sort((a, b) => b.at - a.at);
}

// At once, for a page that is going.
function last(entry) {
  try {
    localStorage.setItem(LAST, JSON.stringify({ ...entry, key: mine + entry.id }));
    return true;
  } catch {
    return false; // longer than the browser keeps there
  }
}

const read = () => JSON.parse(localStorage.getItem(LAST) ?? "null");

window.stet ??= {};
window.stet.journal = { put, remove, all, last };
