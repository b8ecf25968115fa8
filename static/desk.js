// The desk by keyboard: every key presses what a mouse could press, and none acts while one types.
(() => {
  "use strict";

  const one = (what) => document.querySelector(what);
  const all = (what) => [...document.querySelectorAll(what)];
  const kept = (name, value) => {
    try {
      if (value === undefined) return sessionStorage.getItem(name);
      sessionStorage.setItem(name, value);
    } catch {
      // A browser that keeps nothing shows no pace; everything else works.
    }
    return null;
  };

  // What is chosen: the button stays pressed, and the one that confirms says what it will do.
  const choose = (button) => {
    for (const each of all("[data-confirm]")) each.setAttribute("aria-pressed", each === button);
    for (const each of all("[data-go]")) each.value = button.value;
    const go = one("button.go[data-go]");
    go.querySelector("span").textContent = button.dataset.confirm;
    go.hidden = false;
    const chosen = one("[name=reason]:checked") || one("[name=reason]");
    chosen?.focus();
    one("#chosen")?.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // First the picture is loaded, grey and blurred; asked again, it is clear.
  const look = (link) => {
    const figure = link.closest("figure");
    const image = figure.querySelector("img") || document.createElement("img");
    if (image.src) {
      image.classList.remove("grey");
      link.hidden = true;
      return;
    }
    image.alt = figure.dataset.alt;
    image.className = "grey";
    image.src = figure.dataset.src;
    figure.prepend(image);
    link.firstChild.textContent = link.dataset.next;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm], [data-look], [data-keys]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (button.matches("[data-look]")) look(button);
    else if (button.matches("[data-confirm]")) choose(button);
    else {
      kept("keys", kept("keys") === "off" ? "on" : "off");
      say();
    }
  });

  const move = (step) => {
    const links = all("#queue ol a");
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    links[at < 0 ? 0 : at + step]?.click();
  };

  let sent = false;
  document.addEventListener("submit", () => (sent = true));
  addEventListener("pageshow", () => (sent = false));

  const types = "textarea, select, input:not([type=radio], [type=checkbox])";
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    moved = Date.now();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (target.closest(types)) {
      if (key === "Escape") target.blur();
      return;
    }
    if (kept("keys") === "off" || sent) return;
    if (key === "j" || key === "k") move(key === "j" ? 1 : -1);
    else if (key === "Enter") {
      if (target.closest("a, button, summary")) return;
      if (one("[data-confirm][aria-pressed=true]")) one("button.go[data-go]").click();
    } else if (/^[a-z0-9?]$/.test(key)) one(`[data-key="${key}"]`)?.click();
    else return;
    event.preventDefault();
  });

  // How many, how long: known to this browser alone, until it is closed.
  const EVERY = 30;
  const say = () => {
    const pace = one("[data-pace]");
    if (!pace) return;
    const now = Date.now();
    const begun = Number(kept("begun")) || now;
    const last = Number(kept("last")) || now;
    // Ten quiet minutes are a break.
    if (now - last > 600000 || !kept("begun")) {
      kept("begun", now);
      kept("count", 0);
      kept("last", now);
    }
    const minutes = Math.floor((now - (Number(kept("begun")) || begun)) / 60000);
    const says = minutes < EVERY ? pace.dataset.pace : pace.dataset.rest;
    pace.textContent = says
      .replace("{count}", kept("count") || 0)
      .replace("{minutes}", minutes)
      .replace("{due}", EVERY);
    const keys = one("[data-keys]");
    keys.hidden = false;
    keys.setAttribute("aria-pressed", kept("keys") !== "off");
  };
  const undo = one("[data-undo]");
  if (undo && kept("done") !== undo.dataset.undo) {
    kept("done", undo.dataset.undo);
    say();
    kept("count", Number(kept("count")) + Number(undo.dataset.count));
    kept("last", Date.now());
  }
  say();

  // What ends is counted down: the lease in minutes, the undo in seconds.
  const shown = performance.now();
  const tick = () => {
    const past = (performance.now() - shown) / 1000;
    const lease = one("[data-left]");
    if (lease) {
      lease.since ??= past;
      const left = Math.max(0, Number(lease.dataset.left) - (past - lease.since));
      const clock = `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, "0")}`;
      lease.textContent = lease.dataset.says.replace("{left}", clock);
    }
    if (undo) {
      undo.lastElementChild.textContent = Math.max(0, Math.ceil(10 - past));
      if (past > 10) undo.remove();
    }
  };
  tick();
  setInterval(tick, 1000);
  setInterval(say, 60000);

  // Whoever is away asks for nothing: the lease ends, and so does the sign-in.
  let moved = Date.now();
  document.addEventListener("pointerdown", () => (moved = Date.now()));
  document.addEventListener("htmx:before:request", (event) => {
    if (Date.now() - moved > 540000) event.preventDefault();
  });

  // The token of an undo is no address to come back to.
  if (new URLSearchParams(location.search).has("done")) {
    history.replaceState(null, "", location.pathname);
  }
})();
