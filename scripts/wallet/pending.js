// A blinding that waits for the issuer's answer. It survives a reload of the tab, and goes with the
// tab or once the credential is kept: it could connect a mailbox with a credential.
import { base64url, hex, sha256, unbase64url, utf8 } from "./bytes.js";
import { blind, isKey, prepare } from "./blinding.js";
import { LABELS } from "./credential.js";
import { first, head } from "./directory.js";

/** The name under which the blinding of one mailbox is kept; the mailbox is not in it. */
export async function place(address, employer, quarter) {
  return "lamplight " + hex(await sha256(utf8([address, employer, quarter].join("\n"))));
}

/** The blinding kept under a name, or a new one under the directory's keys; null if it lacks one. */
export async function pending(name, directory, employer, quarter) {
  const before = JSON.parse(sessionStorage.getItem(name));
  if (before) {
    const known = LABELS.every((label) => directory.keys.has(before[label].key));
    return known && directory.hashes.includes(before.head) ? before : null;
  }
  const made = { quarter, head: head(directory) };
  made.issuer = directory.issuer;
  made.headSignature = directory.signature;
  for (const [label, owner] of [["employer", employer], ["site", null]]) {
    const key = [...directory.keys.values()].find(
      (each) => each.employer === owner && each.quarter === quarter,
    );
    if (!key || !isKey(key.n) || first(directory, key.id, ["retired"])) return null;
    if (label === "employer") made.name = key.name;
    made[label] = await blinding(key);
  }
  sessionStorage.setItem(name, JSON.stringify(made));
  return made;
}

export const forget = (name) => sessionStorage.removeItem(name);

async function blinding(key) {
  const prepared = prepare();
  const { blindedMsg, inv } = await blind(key.n, prepared);
  const parts = { n: key.n, prepared, blinded: blindedMsg, inv };
  const spelt = Object.entries(parts).map(([name, bytes]) => [name, base64url(bytes)]);
  return { key: key.id, ...Object.fromEntries(spelt) };
}

/** The bytes of one part of a kept blinding. */
export const bytes = (blinded, name) => unbase64url(blinded[name]);
