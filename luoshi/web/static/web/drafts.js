/* Nothing typed is lost: what stands in a form is kept in this browser until the server says, by the
   key of the form, that the act was done. Also: what was chosen in a file field, before it is sent.

   data-keep="name"        what is typed in this form is kept here until a data-acknowledged names its key
   data-kept="words"       in such a form: says the words and the time when a draft was kept
   data-forget             this form (signing out) drops every draft of the account
   data-files="id"         a file field; names and sizes are listed in that element
   data-limit, data-over   bytes one file may have, and the words when it has more */
"use strict";

(() => {
  const one = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];

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
    form.dataset.restored = "true";
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

  const rested = () => all("[aria-busy=true]").forEach((button) => button.removeAttribute("aria-busy"));
  window.addEventListener("pageshow", rested);
  document.addEventListener("htmx:finally:request", rested);

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

  /* ---- at the start, and after each fragment ---- */

  function settle() {
    acknowledge(document);
    all("form[data-keep]").forEach((form) => { if (!form.dataset.restored) restore(form); });
  }

  document.addEventListener("htmx:after:swap", settle);
  settle();
})();
