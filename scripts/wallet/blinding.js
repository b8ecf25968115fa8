// The worker's side of RSABSSA-SHA384-PSS-Randomized (RFC 9474), by @cloudflare/blindrsa-ts.
import { BlindRSA, PrepareType } from "@cloudflare/blindrsa-ts/lib/src/blindrsa.js";
import { base64url, utf8 } from "./bytes.js";

export const MESSAGE = utf8("lamplight credential 1");
export const BYTES = 256;
const suite = (saltLength = 48) =>
  new BlindRSA({ hash: "SHA-384", saltLength, prepareType: PrepareType.Randomized });

export const prepare = () => suite().prepare(MESSAGE);

/** Tell whether a modulus has the size that all keys have. */
export const isKey = (n) => n.length === BYTES && n[0] > 127;

/** Blind a prepared message under the modulus n: {blindedMsg, inv}. */
export async function blind(n, prepared, salt) {
  return suite(salt).blind(await key(n), prepared);
}

/** Open a blind signature and verify what is inside; throws where it is no signature. */
export async function finalize(n, prepared, answer, inv, salt) {
  return suite(salt).finalize(await key(n), prepared, answer, inv);
}

export async function verify(n, prepared, signature) {
  return suite().verify(await key(n), signature, prepared);
}

function key(n) {
  const written = { kty: "RSA", n: base64url(n), e: "AQAB" };
  const algorithm = { name: "RSA-PSS", hash: "SHA-384" };
  return crypto.subtle.importKey("jwk", written, algorithm, true, ["verify"]);
}
