// Where a credential stands today: the rules of app/credentials/standing.py, tested on one table.
import { iso, sha256, utf8 } from "./bytes.js";
import { isKey, verify } from "./blinding.js";
import { LABELS } from "./credential.js";
import { first, read } from "./directory.js";

const DAY = 86_400_000;

/** Judge a credential by a directory's text: {state, label, day}; today is an ISO day. */
export async function standing(document, credential, today) {
  if (today > lastDay(credential.quarter)) return { state: "over" };
  const directory = await read(document).catch(() => null);
  const seen = directory?.hashes.indexOf(credential.head) ?? -1;
  if (seen < 0 || directory.issuer !== credential.issuer) return { state: "stranger" };
  const state = await damage(directory, credential).catch(() => "unreadable");
  return state ? { state } : pool(directory, credential, seen, today);
}

/** The last day of the quarter after a quarter. */
export function lastDay(quarter) {
  return iso(Date.UTC(quarter.slice(0, 4), quarter[5] * 3 + 3, 0));
}

/** The day, 1 to 14 after an opening, on which one credential is redeemed. */
export async function namedDay(opening, prepared) {
  const hash = await sha256(utf8("lamplight day\0"), prepared);
  const offset = new DataView(hash.buffer).getUint32(0);
  return iso(Date.parse(opening) + (1 + (offset % 14)) * DAY);
}

async function damage(directory, credential) {
  for (const label of LABELS) {
    const { key: id, prepared, signature } = credential[label];
    const key = directory.keys.get(id);
    if (!key || key.quarter !== credential.quarter || !isKey(key.n)) return "marked";
    if ((key.employer === null) !== (label === "site")) return "marked";
    if (!(await verify(key.n, prepared, signature))) return "unreadable";
  }
  return null;
}

async function pool(directory, credential, seen, today) {
  for (const label of LABELS) {
    const { key, prepared } = credential[label];
    if (first(directory, key, ["retired"])) return { state: "retired", label };
    const event = first(directory, key, ["opening", "withheld"], seen);
    if (!event) return { state: "waiting", label };
    if (event.kind === "opening") {
      const day = await namedDay(event.day, prepared);
      return { state: today < day ? "named" : "ready", label, day };
    }
  }
  return { state: "void", label: "site" };
}
