// Messages: every word comes translated with the form, in its data-say-* attributes.

/** Say the first of some messages that the form has, and name the day in it. */
export function say(form, names, day) {
  const found = names.map((name) => form.getAttribute(`data-say-${name}`)).find(Boolean) ?? "";
  tell(form, found.replace("%(day)s", day ? written(day) : ""));
}

/** Put a text where screen readers hear it. */
export function tell(form, text) {
  part(form, "say").textContent = text;
}

/** Put an error beside a field, or take it away where there is none. */
export function beside(field, text) {
  const id = `${field.id}-e`;
  const note = document.getElementById(id) ?? document.createElement("p");
  Object.assign(note, { id, className: "err", role: "alert" });
  note.textContent = text;
  if (text) field.after(note);
  else note.remove();
  field.parentElement.classList.toggle("bad", text !== "");
  field.ariaInvalid = String(text !== "");
  field.setAttribute("aria-describedby", text ? id : "");
}

/** The part of a form's page that bears data-wallet-NAME. */
export const part = (form, name) =>
  form.querySelector(`[data-wallet-${name}]`) ?? document.querySelector(`[data-wallet-${name}]`);

function written(day) {
  const style = { dateStyle: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(document.documentElement.lang, style).format(new Date(day));
}
