// Bytes and days and their spellings: hex, base64url without padding, SHA-256, ISO days.

/** The ISO day of an instant; throws where that is none. */
export const iso = (instant) => new Date(instant).toISOString().slice(0, 10);

export const utf8 = (text) => new TextEncoder().encode(text);

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Read lower- or upper-case hex of so many bytes; throws where it is not. */
export function unhex(text, length = 32) {
  if (!/^[0-9a-f]*$/i.test(text) || text.length !== 2 * length) throw new Error("no hex");
  return Uint8Array.from({ length }, (_, at) => parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

export function base64url(bytes) {
  const plain = btoa(String.fromCharCode(...bytes));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Read base64url without padding, in its one spelling; throws where it is not. */
export function unbase64url(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(plain, (char) => char.charCodeAt(0));
  if (base64url(bytes) !== text) throw new Error("no base64url");
  return bytes;
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}
