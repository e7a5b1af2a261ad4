/* What the pages do beyond plain links and forms. Every page reads and works without it.

   data-key="a"            this letter presses the element (not while typing)
   data-go="d"             G, then the letter, follows the link
   data-row                J and K move over these; Enter opens data-row-open in it, X ticks its box
   data-finding            a row that lights the sentences naming its id in data-f
   data-step-row="1|-1"    a button that moves as J and K do
   data-view="list|text"   which face of a document a phone shows
   data-dialog="id"        opens that <dialog>
   data-step="1|-1"        beside a number field: one more, one less
   data-keep="name"        what is typed in this form is kept here until a data-acknowledged names its key
   data-kept="words"       in such a form: says the words and the time when a draft was kept
   data-forget             this form (signing out) drops every draft of the account
   data-files="id"         a file field; names and sizes are listed in that element
   data-limit, data-over   bytes one file may have, and the words when it has more
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
    if (key === "x") { one("[type=checkbox]", row)?.click(); return true; }
    if (key === "enter" && document.activeElement === row) {
      one("[data-row-open]", row)?.click();
      return true;
    }
    return false;
  }

  function leave() {
    const open = document.activeElement.closest?.("details.ask[open]") || one("details.ask[open]");
    if (document.activeElement.matches("input, textarea, select")) document.activeElement.blur();
    else if (open) { open.open = false; one("summary", open).focus(); }
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
    if (Number(button.dataset.step) > 0) field.stepUp(); else field.stepDown();
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

  /* ---- drafts: nothing typed is lost ---- */

  const PREFIX = `luoshi:draft:${document.body.dataset.account || "-"}:`;
  const FORTNIGHT = 14 * 24 * 3600 * 1000;
  const KEPT_OUT = /^(csrfmiddlewaretoken|key|seen|password)$/;

  function store(act) {
    try { return act(window.localStorage); } catch (error) {
      if (error instanceof DOMException) return null; /* storage is full or forbidden */
      throw error;
    }
  }

  function drafts() {
    return store((storage) => Object.keys(storage).filter((name) => name.startsWith(PREFIX))) || [];
  }

  function draft(name) {
    const text = store((storage) => storage.getItem(name));
    return text ? JSON.parse(text) : null;
  }

  function keep(form) {
    const fields = {};
    all("textarea, select, input", form).forEach((field) => {
      if (!field.name || KEPT_OUT.test(field.name) || field.type === "file" || field.type === "hidden") return;
      if (field.type === "checkbox" || field.type === "radio") {
        (fields[field.name] ||= []).push(...(field.checked ? [field.value] : []));
      } else fields[field.name] = field.value;
    });
    const now = new Date();
    store((storage) => storage.setItem(PREFIX + form.dataset.keep,
      JSON.stringify({ at: now.getTime(), key: form.elements.key?.value, fields })));
    const note = one("[data-kept]", form);
    if (note) {
      note.hidden = false;
      note.textContent = `${note.dataset.kept} ${now.toTimeString().slice(0, 5)}`;
    }
  }

  function restore(form) {
    const kept = draft(PREFIX + form.dataset.keep);
    if (!kept || one("[aria-invalid=true], .errs", form)) return; /* the server drew what was typed */
    Object.entries(kept.fields).forEach(([name, value]) => {
      all(`[name="${CSS.escape(name)}"]`, form).forEach((field) => {
        if (Array.isArray(value)) field.checked = value.includes(field.value);
        else if (value) field.value = value;
      });
    });
    const note = one("[data-kept]", form);
    if (note) { note.hidden = false; note.textContent = note.dataset.kept; }
  }

  function acknowledge(root) {
    const keys = all("[data-acknowledged]", root).map((element) => element.dataset.acknowledged);
    drafts().forEach((name) => {
      const kept = draft(name);
      if (keys.includes(kept.key) || Date.now() - kept.at > FORTNIGHT) {
        store((storage) => storage.removeItem(name));
      }
    });
  }

  let waiting;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (!form) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(form), 400);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.keep) { clearTimeout(waiting); keep(form); }
    if (form.matches("[data-forget]")) drafts().forEach((name) => store((s) => s.removeItem(name)));
    if (form.method === "post" && event.submitter) event.submitter.setAttribute("aria-busy", "true");
  });

  window.addEventListener("pageshow", () => {
    all("[aria-busy=true]").forEach((button) => button.removeAttribute("aria-busy"));
  });

  /* ---- files: what was chosen, before anything is sent ---- */

  const bytes = (size) => (size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} KB`
    : `${(size / 1024 / 1024).toFixed(1)} MB`);

  function fileLine(file, field) {
    const line = document.createElement("li");
    const name = document.createElement("b");
    const note = document.createElement("small");
    const box = document.createElement("span");
    const mark = one(".files-mark")?.content.firstElementChild.cloneNode(true);
    const over = field.dataset.limit && file.size > Number(field.dataset.limit);
    name.textContent = file.name;
    note.textContent = bytes(file.size) + (over ? ` ${field.dataset.over}` : "");
    line.classList.toggle("is-over", Boolean(over));
    box.append(name, note);
    line.append(...(mark ? [mark] : []), box);
    return line;
  }

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches("[type=file][data-files]")) return;
    document.getElementById(field.dataset.files)
      .replaceChildren(...[...field.files].map((file) => fileLine(file, field)));
  });

  /* ---- fragments: say the result, move on to the next row ---- */

  let leftAt = -1;
  document.addEventListener("htmx:before:request", (event) => {
    const row = event.target.closest?.("[data-row]");
    leftAt = row ? rows().indexOf(row) : -1;
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const root = event.target instanceof Element && event.target.isConnected ? event.target : document;
    acknowledge(document);
    const words = all("[data-say]").at(-1);
    if (words) { say(words.textContent); words.removeAttribute("data-say"); }
    all("form[data-keep]", root).forEach(restore);
    const wanted = one("[data-focus]") || one(".errs, [aria-invalid=true]", root);
    if (wanted) { wanted.focus(); wanted.removeAttribute("data-focus"); return; }
    const next = leftAt >= 0 ? rows()[Math.min(leftAt + 1, rows().length - 1)] : null;
    leftAt = -1;
    if (next) choose(next);
  });

  /* ---- at the start ---- */

  acknowledge(document);
  all("form[data-keep]").forEach(restore);
  const asked = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  const first = asked?.matches("[data-finding]") ? asked
    : document.getElementById(asked?.dataset?.f?.split(" ")[0]) || one("[data-finding].is-on");
  if (first) choose(first, { focus: false });
  one(".errs, [aria-invalid=true], .note-l")?.focus({ preventScroll: true });
})();
