// The directory of keys: fetched without cookies, its chain recomputed, its head's signature
// checked. The format is app/credentials/chain.py's.
import { hex, iso, joined, sha256, unbase64url, unhex, utf8 } from "./bytes.js";

const SIGNED = utf8("lamplight directory 1\0");
const EVENTS = ["opening", "withheld", "retired"];
// One spelling of each: a second key of an employer must not hide under another.
const ID = /^[0-9a-f]{32}$/;
const QUARTER = /^2\d{3}Q[1-4]$/;

/** A directory that could not be fetched, as opposed to one that is wrong. */
export class Unreachable extends Error {}

export async function fetched(address) {
  const answer = await fetch(address, {
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
  }).catch(() => {
    throw new Unreachable();
  });
  if (!answer.ok) throw new Unreachable();
  return answer.text();
}

/**
 * Read a document: {issuer, signature, hashes, keys, events}, bytes in hex. hashes[i] is the hash
 * before entry i; keys map id to {id, n, employer, name, quarter}; events bear `at`, their place.
 * Throws where anything contradicts anything.
 */
export async function read(text) {
  const raw = JSON.parse(text);
  let hash = unhex(raw.before);
  const found = { issuer: raw.issuer, signature: raw.signature, hashes: [hex(hash)] };
  found.keys = new Map();
  found.events = [];
  const owners = new Set();
  for (const [at, entry] of raw.entries.entries()) {
    hash = await sha256(hash, utf8(entry));
    found.hashes.push(hex(hash));
    await collect(found, owners, at, JSON.parse(entry));
  }
  if (hex(hash) !== raw.head || !(await signed(raw.issuer, hash, raw.signature))) {
    throw new Error("the head");
  }
  return found;
}

export const head = (directory) => directory.hashes.at(-1);

/** The first event of some kinds that a key met from a place on. */
export function first(directory, key, kinds, since = 0) {
  return directory.events.find((e) => e.at >= since && e.key === key && kinds.includes(e.kind));
}

async function collect(found, owners, at, entry) {
  const { kind, key, employer, name, quarter, day } = entry;
  if (kind === "key") {
    const n = unbase64url(entry.n);
    const owner = `${employer} ${quarter}`;
    const well = (employer === null || ID.test(employer)) && QUARTER.test(quarter);
    if (!well || typeof name !== "string" || owners.has(owner)) throw new Error("a key");
    if (hex(await sha256(n)) !== key) throw new Error("an id");
    owners.add(owner);
    found.keys.set(key, { id: key, n, employer, name, quarter });
  } else if (EVENTS.includes(kind)) {
    if (hex(unhex(key)) !== key || iso(Date.parse(day)) !== day) throw new Error("an event");
    if (found.keys.has(key)) found.events.push({ kind, key, day, at });
  } else {
    throw new Error("an entry");
  }
}

async function signed(issuer, hash, signature) {
  let key;
  try {
    key = await crypto.subtle.importKey("raw", unhex(issuer), "Ed25519", false, ["verify"]);
  } catch (error) {
    // Browsers before 2025 have no Ed25519; what catches a marked key is the pinned head.
    if (error.name === "NotSupportedError") return true;
    throw error;
  }
  return crypto.subtle.verify("Ed25519", key, unhex(signature, 64), joined(SIGNED, hash));
}
