// Lamplight's own script: small comforts on top of pages that work without it.
(() => {
  "use strict";

  // A stepper's buttons send the form; here they step in place and tell the preview.
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".ctl button");
    if (!button) return;
    const input = button.parentElement.querySelector("input");
    if (!input) return;
    event.preventDefault();
    // An empty break counts as what its placeholder says.
    if (input.value === "") input.value = input.placeholder || input.min || "0";
    if (button.name === "less") input.stepDown();
    else input.stepUp();
    for (const kind of ["input", "change"]) {
      input.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  });

  // Quick exit leaves no way back by the browser's own button; Escape twice does the same.
  const exit = document.querySelector("a.exit");
  const leave = () => location.replace(exit.href);
  let last = 0;
  if (exit) {
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (event.timeStamp - last < 600) leave();
      last = event.timeStamp;
    });
  }
})();
