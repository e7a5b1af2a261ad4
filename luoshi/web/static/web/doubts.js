/* The doubtful place in question: lit in the text and brought into view; the view as received opens at the
   line one is at. Everything else about it is plain links and forms.

   data-repair="17"   on #doubt: the number of the place in question; it stands at #repair-17
   data-view-as       a link to another view of the same text */
"use strict";

(() => {
  const one = (query) => document.querySelector(query);
  const narrow = () => window.matchMedia("(max-width: 991.98px)").matches;

  /* how much of the top is covered by what sticks there */
  const covered = () => one("#doubt").getBoundingClientRect().bottom;

  function show() {
    const number = one("#doubt")?.dataset.repair;
    document.querySelectorAll(".rp.is-at").forEach((place) => place.classList.remove("is-at"));
    const place = number && document.getElementById(`repair-${number}`);
    if (!place) return;
    place.classList.add("is-at");
    const pane = narrow() ? document.scrollingElement : one(".src-pane");
    const { top, bottom } = place.getBoundingClientRect();
    const limit = covered() + 24;
    if (top < limit || bottom > window.innerHeight - 24) pane.scrollTop += top - limit - 24;
  }

  /* the first line under what sticks at the top */
  function line() {
    const limit = covered();
    return [...document.querySelectorAll(".src [data-start]")]
      .find((paragraph) => paragraph.getBoundingClientRect().bottom > limit);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-view-as]");
    if (link) link.hash = one("#doubt").dataset.repair ? `repair-${one("#doubt").dataset.repair}` : line()?.id || "";
  });
  document.addEventListener("htmx:after:swap", show);
  window.addEventListener("load", show); /* after luoshi.js has lit the finding in question */
})();
