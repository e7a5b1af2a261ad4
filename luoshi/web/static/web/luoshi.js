/* What the pages do beyond plain links and forms: keys, the row in question, fragments. Every page
   reads and works without it. Drafts and files: drafts.js.

   data-key="a"            this letter presses the element (not while typing)
   data-go="d"             G, then the letter, follows the link
   data-row                J and K move over these; Enter opens data-row-open in it or presses the key
                           "enter" of it; Space ticks its box, and X where no act of the row has that key
   data-pick               in a row's form: the figure keys choose and send its choices
   data-finding            a row that lights the sentences naming its id in data-f
   data-step-row="1|-1"    a button that moves as J and K do
   data-view="list|text"   which face of a document a phone shows
   data-dialog="id"        opens that <dialog>
   data-step="1|-1"        beside a number field: one more, one less
   data-fill="name=value…" fills the fields of the page's form (demo logins)
   data-say                in a swapped fragment: its words go to the live region
   data-focus              in a swapped fragment: takes the focus; else the next row does */
"use strict";

(() => {
  const one = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const shown = (element) => element && element.getClientRects().length > 0;
  const narrow = () => window.matchMedia("(max-width: 991.98px)").matches;

  const say = (words) => { one("#live").textContent = words; };

  /* ---- rows: one is in question; a finding lights its sentence ---- */

  const rows = () => all("[data-row]").filter((row) => row.matches("[data-finding]") || shown(row));
  const current = () => one("[data-row].is-on");

  function light(row, scroll) {
    all(".st[data-f]").forEach((sentence) => {
      sentence.classList.toggle("is-lit", sentence.dataset.f.split(" ").includes(row.id));
    });
    const lit = one(".st.is-lit");
    if (!lit || !scroll) return;
    const pane = one(".src-pane");
    if (pane.scrollHeight > pane.clientHeight + 1 && !narrow()) {
      pane.scrollTop = Math.max(0, lit.getBoundingClientRect().top
        - pane.getBoundingClientRect().top + pane.scrollTop - pane.clientHeight / 4);
    } else if (narrow() && !document.body.classList.contains("is-list")) {
      window.scrollTo(0, lit.getBoundingClientRect().top + window.scrollY - 190);
    }
  }

  function within(list, row) {
    if (!list || list.scrollHeight <= list.clientHeight) return;
    const top = row.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (top < 0 || top + row.offsetHeight > list.clientHeight) list.scrollTop += top - 48;
  }

  function choose(row, { focus = true, scroll = true } = {}) {
    all("[data-row].is-on").forEach((other) => other.classList.remove("is-on"));
    row.classList.add("is-on");
    if (row.matches("[data-finding]")) {
      light(row, scroll);
      within(row.closest(".fd-list"), row);
    }
    if (focus) row.focus({ preventScroll: row.matches("[data-finding]") });
  }

  function step(by) {
    const list = rows();
    const at = list.indexOf(current());
    const next = at < 0 ? list[by > 0 ? 0 : list.length - 1] : list[at + by];
    if (next) choose(next);
  }

  /* ---- keys ---- */

  const typing = (target) => target.matches("input:not([type=checkbox], [type=radio]), textarea, select")
    || target.isContentEditable;
  let going = 0;

  function press(letter) {
    const candidates = all(`[data-key="${CSS.escape(letter)}"]`).filter(shown);
    const found = candidates.find((element) => element.closest(".is-on")) || candidates[0];
    if (!found) return false;
    found.click();
    const words = found.closest("details[open]");
    if (words) one("textarea, select, input:not([type=hidden])", words)?.focus();
    return true;
  }

  function rowKey(key) {
    const row = current();
    if (key === "j" || key === "k") { step(key === "j" ? 1 : -1); return true; }
    if (!row) return false;
    const resting = document.activeElement === row || document.activeElement === document.body;
    if ((key === "x" && !one('[data-key="x"]', row)) || (key === " " && resting)) {
      const box = one("[type=checkbox]", row);
      box?.click();
      return Boolean(box);
    }
    if (key === "enter" && resting) {
      one('[data-row-open], [data-key="enter"]', row)?.click();
      return true;
    }
    return false;
  }

  /* a figure chooses among the radio buttons of the form in which the focus stands, and sends it */
  function pick(target, key) {
    const form = target.closest("form[data-pick]");
    const choices = form ? all("[type=radio]", form) : [];
    const chosen = choices[Number(key) - 1];
    if (!chosen || target.matches("[type=text], textarea")) return false;
    chosen.checked = true;
    const asks = one("[type=text], textarea", form);
    if (chosen === choices.at(-1) && asks) asks.focus(); else form.requestSubmit();
    return true;
  }

  function leave() {
    const open = document.activeElement.closest?.("details.ask[open]") || one("details.ask[open]");
    if (document.activeElement.matches("input, textarea, select")) document.activeElement.blur();
    else if (open) { open.open = false; one("summary", open).focus(); }
    else if (one(".is-on [data-back]")) one(".is-on [data-back]").click();
    else if (location.hash === "#menu") location.hash = "main";
  }

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (key === "enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form");
      if (form?.method === "post") { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (key === "escape") { if (!one("dialog[open]")) leave(); return; }
    if (typing(event.target) || one("dialog[open]")) return;
    if (/^[1-9]$/.test(key) && pick(event.target, key)) { event.preventDefault(); return; }
    let done = true;
    if (going && Date.now() - going < 1500) {
      going = 0;
      const link = one(`[data-go="${CSS.escape(key)}"]`);
      if (link) link.click(); else done = false;
    } else if (key === "/") {
      const field = [one("#q"), one("#q-page")].find(shown);
      if (field) field.focus(); else done = false;
    } else if (event.key === "?") one("#keys").showModal();
    else if (rowKey(key)) done = true;
    else if (key.length === 1 && press(key)) done = true;
    else if (key === "g") going = Date.now();
    else done = false;
    if (done) event.preventDefault();
  });

  /* ---- clicks ---- */

  function view(which) {
    document.body.classList.toggle("is-list", which === "list");
    all("[data-view]").forEach((link) => {
      if (link.dataset.view === which) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    window.scrollTo(0, 0);
    if (which === "text" && current()) light(current(), true);
  }

  function stepNumber(button) {
    const field = one("input", button.closest(".stepper"));
    /* not stepUp(): it refuses a field whose step is "any" */
    field.value = Math.max(Number(field.min || 0), Number(field.value) + Number(button.dataset.step));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function fill(button) {
    new URLSearchParams(button.dataset.fill).forEach((value, name) => {
      const field = one(`form [name="${CSS.escape(name)}"]`);
      if (field) field.value = value;
    });
    one(".door-f [type=submit]")?.focus();
  }

  document.addEventListener("click", (event) => {
    const at = (query) => event.target.closest(query);
    const chosen = at("[data-view]");
    if (chosen) { event.preventDefault(); view(chosen.dataset.view); return; }
    if (at("[data-dialog]")) { one(`#${at("[data-dialog]").dataset.dialog}`).showModal(); return; }
    if (at("[data-step-row]")) { step(Number(at("[data-step-row]").dataset.stepRow)); return; }
    if (at("[data-step]")) { stepNumber(at("[data-step]")); return; }
    if (at("[data-fill]")) { fill(at("[data-fill]")); return; }
    const sentence = at(".st[data-f]");
    if (sentence && !at("a")) {
      const row = document.getElementById(sentence.dataset.f.split(" ")[0]);
      if (row) choose(row, { focus: false, scroll: false });
      return;
    }
    const row = at("[data-finding]");
    if (row && !row.classList.contains("is-on")) choose(row, { focus: !at("a, button, summary, input") });
  });

  /* an act that opened into its words is brought into view whole; toggle does not bubble */
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".ask[open]")) one(".ask-b", event.target).scrollIntoView({ block: "nearest" });
  }, true);

  /* ---- fragments: say the result, move on to the next row ---- */

  let left = null; /* the row an act was pressed in: its id and its place */
  document.addEventListener("htmx:before:request", (event) => {
    const row = event.target.closest?.("[data-row]");
    left = row ? { id: row.id, at: rows().indexOf(row) } : null;
  });

  function afterSwap() {
    const words = all("[data-say]").at(-1);
    if (words) {
      say(words.textContent);
      words.removeAttribute("data-say");
    }
    const wanted = one("[data-focus]:checked") || one("[data-focus]") || one(".ask[open] :is(.errs, [aria-invalid=true])");
    if (wanted) {
      wanted.focus();
      if (wanted.matches(".fd-form input:not([type=radio], [type=checkbox])")) wanted.select();
      all("[data-focus]").forEach((each) => each.removeAttribute("data-focus"));
      return;
    }
    if (!left) return;
    const list = rows();
    const stays = left.id && document.getElementById(left.id);
    const next = list[Math.min(left.at + (stays ? 1 : 0), list.length - 1)];
    left = null;
    if (next) choose(next);
  }

  /* htmx tells the document where the form itself is gone */
  document.addEventListener("htmx:after:swap", afterSwap);

  /* ---- at the start ---- */

  const asked = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  const first = asked?.matches("[data-finding]") ? asked
    : document.getElementById(asked?.dataset?.f?.split(" ")[0]) || one("[data-finding].is-on");
  if (first) choose(first, { focus: false });
  one(".errs, [aria-invalid=true], .note-l")?.focus({ preventScroll: true });
})();
