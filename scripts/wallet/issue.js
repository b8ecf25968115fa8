// On the issuer's page: blind, send, open the answer, hand the credential over to be kept.
import { unbase64url } from "./bytes.js";
import { finalize } from "./blinding.js";
import { LABELS, plain, write } from "./credential.js";
import { fetched, read, Unreachable } from "./directory.js";
import { bytes, forget, pending, place } from "./pending.js";
import { beside, part, say, tell } from "./saying.js";

export function issuing(form) {
  part(form, "without").hidden = true;
  form.elements.blinded.required = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    issue(form)
      .catch((error) => say(form, [error instanceof Unreachable ? "unreachable" : "failed"]))
      .finally(() => (form.ariaBusy = "false"));
  });
}

async function issue(form) {
  say(form, ["working"]);
  beside(form.elements.code, "");
  const { employer, quarter } = form.dataset;
  const directory = await read(await fetched(form.dataset.directory)).catch((error) => {
    if (error instanceof Unreachable) throw error;
    return null;
  });
  const name = await place(form.elements.address.value, employer, quarter);
  const blinded = directory && (await pending(name, directory, employer, quarter));
  if (!blinded) return say(form, ["stranger"]);
  const answer = await sent(form, blinded);
  if (!answer.signatures) return refused(form, answer);
  const credential = await opened(blinded, answer.signatures);
  show(form, credential, write(credential), name);
}

async function sent(form, blinded) {
  const lines = LABELS.map((label) => `${label} ${blinded[label].key} ${blinded[label].blinded}`);
  const body = new URLSearchParams(new FormData(form));
  body.set("blinded", lines.join("\n"));
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
  }).catch(() => {
    throw new Unreachable();
  });
  return answer.json();
}

function refused(form, { title, detail, errors = {} }) {
  const { code = "", ...others } = errors;
  const said = Object.values(errors).length ? Object.values(others) : [title, detail];
  tell(form, said.filter(Boolean).join(" "));
  beside(form.elements.code, code);
  form.elements.code.select();
}

async function opened(blinded, signatures) {
  const answers = new Map(signatures.trim().split("\n").map((each) => each.trim().split(/ (.*)/s)));
  const credential = { ...blinded };
  for (const label of LABELS) {
    const [key, answer] = answers.get(label).split(" ");
    if (key !== blinded[label].key) throw new Error("another key");
    const [n, prepared, inv] = ["n", "prepared", "inv"].map((name) => bytes(blinded[label], name));
    const signature = await finalize(n, prepared, unbase64url(answer), inv);
    credential[label] = { key, prepared, signature };
  }
  return credential;
}

function show(form, credential, text, name) {
  const out = part(form, "out");
  const field = out.querySelector("textarea");
  const link = out.querySelector("a[download]");
  const button = out.querySelector("button");
  field.value = text;
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = `lamplight ${plain(credential.name)} ${credential.quarter}.txt`;
  link.addEventListener("click", () => {
    forget(name);
    say(form, ["kept", "done"]);
  });
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(text);
    forget(name);
    say(form, ["copied", "done"]);
  });
  for (const each of form.querySelectorAll("[data-wallet-ask]")) each.hidden = true;
  form.querySelector("h1").textContent = form.dataset.sayTitle;
  out.hidden = false;
  link.focus();
  say(form, ["done"]);
}
