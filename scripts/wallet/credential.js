// A credential as a worker keeps it; the format is app/credentials/text.py's, byte for byte.
import { base64url, hex, unbase64url, unhex } from "./bytes.js";
import { BYTES, MESSAGE } from "./blinding.js";

export const TITLE = "Lamplight credential 1";
export const LABELS = ["employer", "site"];

export const line = (credential, label) => {
  const { key, prepared, signature } = credential[label];
  return [label, key, base64url(prepared), base64url(signature)].join(" ");
};

export function write(credential) {
  const lines = [
    TITLE,
    `quarter ${credential.quarter}`,
    `name ${plain(credential.name)}`,
    `directory ${credential.head} ${credential.issuer} ${credential.headSignature}`,
    ...LABELS.map((label) => line(credential, label)),
  ];
  return lines.join("\n") + "\n";
}

/** Read a credential; throws where a line is missing, cut or double. */
export function read(text) {
  const lines = text.split("\n").map((each) => each.trim()).filter(Boolean);
  const parts = new Map(lines.slice(1).map((each) => each.split(/ (.*)/s)));
  if (lines[0] !== TITLE || lines.length !== 6 || parts.size !== 5 || !parts.has("name")) {
    throw new Error("lines");
  }
  const [head, issuer, headSignature] = words(parts.get("directory"));
  for (const [spelt, length] of [[head, 32], [issuer, 32], [headSignature, 64]]) {
    unhex(spelt, length);
  }
  const quarter = parts.get("quarter");
  if (!/^2\d{3}Q[1-4]$/.test(quarter)) throw new Error("quarter");
  const credential = { quarter, name: parts.get("name"), head, issuer, headSignature };
  for (const label of LABELS) credential[label] = signed(parts.get(label));
  return credential;
}

/** Make a name fit for one line: no control character, no break. */
export const plain = (name) => name.replace(/[\p{C}\p{Z}]+/gu, " ").trim();

function words(spelt) {
  const found = spelt.split(" ");
  if (found.length !== 3) throw new Error("words");
  return found;
}

function signed(spelt) {
  const [key, prepared, signature] = words(spelt);
  const found = { key, prepared: unbase64url(prepared), signature: unbase64url(signature) };
  unhex(key);
  const sizes = [found.prepared.length, found.signature.length].join();
  if (sizes !== [32 + MESSAGE.length, BYTES].join()) throw new Error("lengths");
  if (hex(found.prepared.slice(32)) !== hex(MESSAGE)) throw new Error("message");
  return found;
}
