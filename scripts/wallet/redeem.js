// On the site's page: check the credential against the directory, name the day, pick the line.
import { line, read, TITLE } from "./credential.js";
import { fetched } from "./directory.js";
import { part, say } from "./saying.js";
import { standing } from "./standing.js";

const DAY = 86_400_000;
const today = () => new Date().toISOString().slice(0, 10);

export function redeeming(form) {
  const field = form.elements.credential;
  const extra = part(form, "with");
  extra.hidden = false;
  part(form, "without").hidden = true;
  extra.querySelector("input[type=file]").addEventListener("change", async ({ target }) => {
    if (!target.files.length) return;
    field.value = (await target.files[0].slice(0, 10_000).text()).trim() + "\n";
    if (await judge(form, field.value)) say(form, ["ready"]);
  });
  form.addEventListener("submit", async (event) => {
    // One line was picked by a wallet already; anything else the server answers for.
    if (!field.value.trimStart().startsWith(TITLE)) return;
    event.preventDefault();
    const picked = await judge(form, field.value);
    if (!picked) return field.focus();
    field.value = picked;
    form.submit();
  });
}

/** Say where a credential stands; return the line to send when its day has come, else null. */
async function judge(form, text) {
  say(form, ["working"]);
  let credential;
  try {
    credential = read(text);
  } catch {
    say(form, ["unreadable"]);
    return null;
  }
  const document = await fetched(form.dataset.directory).catch(() => null);
  if (document === null) {
    say(form, ["unreachable"]);
    return null;
  }
  const { state, label, day } = await standing(document, credential, today());
  if (state === "ready") return line(credential, label);
  const names = state === "named" ? [label === "site" ? "withheld" : "day", "day"] : [state];
  say(form, names, state === "waiting" ? monday() : day);
  return null;
}

/** The next Monday: pools open when a week begins. */
function monday() {
  const now = new Date();
  const days = 7 - ((now.getUTCDay() + 6) % 7);
  return new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
}
