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

/** The part of a form's page that bears data-wallet-NAME. */
export const part = (form, name) =>
  form.querySelector(`[data-wallet-${name}]`) ?? document.querySelector(`[data-wallet-${name}]`);

function written(day) {
  const style = { dateStyle: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(document.documentElement.lang, style).format(new Date(day));
}
