// The conversation: the form of an answer opens under what it answers.
(() => {
  "use strict";

  const answers = /^\/threads\/[0-9a-f]{32}\/[0-9a-f]{32}\/reply$/;

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !answers.test(link.pathname)) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // One form at a time, and never in place of words that were typed.
    let form = document.getElementById("reply");
    if (!form?.querySelector("textarea")?.value) {
      form?.remove();
      const target = link.closest("article, section");
      try {
        await htmx.ajax("GET", link.href, { target, swap: "beforeend" });
      } catch {
        location.assign(link.href);
      }
      form = document.getElementById("reply");
    }
    form?.scrollIntoView({ block: "nearest" });
    form?.querySelector("textarea, a")?.focus();
  });
})();
