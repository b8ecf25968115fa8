// Lamplight's wallet: makes a credential on the issuer's page and checks it on the site's. Both
// pages work without it. What is exported here is for the tests; a page sees none of it.
import { issuing } from "./issue.js";
import { redeeming } from "./redeem.js";

export { blind, finalize } from "./blinding.js";
export * as credential from "./credential.js";
export { standing } from "./standing.js";

const start = { issue: issuing, redeem: redeeming };
// Blinding needs crypto.subtle, which browsers give to secure pages only.
if (globalThis.isSecureContext) {
  for (const form of document.querySelectorAll("form[data-wallet]")) {
    start[form.dataset.wallet](form);
  }
}
