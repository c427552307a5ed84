// SHA-256 in hexadecimal, also where the browser has none because the page came without TLS (FIPS 180-4).

const FRACTION = (root) => (x) => ((x ** (1 / root) % 1) * 2 ** 32) | 0;
const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
const ROUNDS = primes.map(FRACTION(3));
const START = primes.slice(0, 8).map(FRACTION(2));

const turn = (x, bits) => (x >>> bits) | (x << (32 - bits));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

window.stet ??= {};
window.stet.sha256 = async (text) => {
  const bytes = new TextEncoder().encode(text);
  return hex(new Uint8Array(crypto.subtle ? await crypto.subtle.digest("SHA-256", bytes) : digest(bytes)));
};

function digest(bytes) {
  const padded = new DataView(new ArrayBuffer((Math.floor((bytes.length + 8) / 64) + 1) * 64));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setBigUint64(padded.byteLength - 8, BigInt(bytes.length) * 8n);
  const hash = [...START];
  const words = new Int32Array(64);
  for (let at = 0; at < padded.byteLength; at += 64) {
    for (let i = 0; i < 64; i += 1) words[i] = i < 16 ? padded.getInt32(at + 4 * i) : next(words, i);
    mix(hash, words);
  }
  const out = new DataView(new ArrayBuffer(32));
  hash.forEach((word, i) => out.setInt32(4 * i, word));
  return out.buffer;
}

function next(words, i) {
  const [early, late] = [words[i - 15], words[i - 2]];
  const one = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
  const two = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
  return (words[i - 16] + one + words[i - 7] + two) | 0;
}

function mix(hash, words) {
  let [a, b, c, d, e, f, g, h] = hash;
  for (let i = 0; i < 64; i += 1) {
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i];
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = (hash[i] + word) | 0));
}
