/* A selection in the text fills the form that marks words by hand: the words and their offsets.

   data-markable   the article whose words can be marked
   data-start      a paragraph's offset in the restored text, in code points (not UTF-16 units)
   data-cursor     the hidden field of the form that splits: "start end" of the words; gets the place of
                   the cursor in the text when it stands between them, and its choice is then made
   Page furniture inside a paragraph (number, tags, notes of repairs) is not text of the document. */
"use strict";

(() => {
  const article = document.querySelector("[data-markable]");
  const form = document.querySelector("form:has([name=start]):has([name=words])");
  if (!article) return;

  const FURNITURE = ".pn, .mk, .rpt, .meta";

  function texts(paragraph) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => (node.parentElement.closest(FURNITURE)
        ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
    });
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  const count = (text) => [...text].length;

  /* the words of one paragraph that a range covers: {start, end, words} or null */
  function covered(paragraph, range) {
    let at = Number(paragraph.dataset.start);
    let start = null;
    let end = null;
    let words = "";
    texts(paragraph).forEach((node) => {
      if (range.intersectsNode(node)) {
        const from = node === range.startContainer ? range.startOffset : 0;
        const to = node === range.endContainer ? range.endOffset : node.data.length;
        const part = node.data.slice(from, to);
        if (part) {
          if (start === null) start = at + count(node.data.slice(0, from));
          end = at + count(node.data.slice(0, to));
          words += part;
        }
      }
      at += count(node.data);
    });
    return start === null ? null : { start, end, words };
  }

  let cursor = null; /* where the text was clicked last, an offset in the restored text */

  function place(range) {
    const paragraph = range.startContainer.parentElement?.closest("[data-start]");
    if (!paragraph) return null;
    let at = Number(paragraph.dataset.start);
    for (const node of texts(paragraph)) {
      if (node === range.startContainer) return at + count(node.data.slice(0, range.startOffset));
      at += count(node.data);
    }
    return null;
  }

  document.addEventListener("htmx:after:swap", () => {
    const field = document.querySelector("[data-cursor]");
    if (!field || cursor === null) return;
    const [start, end] = field.dataset.cursor.split(" ").map(Number);
    if (cursor <= start || cursor >= end) return;
    field.value = cursor;
    const choice = field.form.querySelector("[type=radio][value=cursor]");
    choice.checked = true;
    field.form.querySelectorAll("[data-focus]").forEach((each) => each.removeAttribute("data-focus"));
    choice.setAttribute("data-focus", "");
    choice.focus();
  });

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount) return;
    if (selection.isCollapsed) {
      const at = article.contains(selection.anchorNode) ? place(selection.getRangeAt(0)) : null;
      if (at !== null) cursor = at;
      return;
    }
    if (!form) return;
    const range = selection.getRangeAt(0);
    if (!article.contains(range.commonAncestorContainer)) return;
    const pieces = [...article.querySelectorAll("[data-start]")]
      .filter((paragraph) => range.intersectsNode(paragraph))
      .map((paragraph) => covered(paragraph, range)).filter(Boolean);
    if (!pieces.length) return;
    form.elements.start.value = pieces[0].start;
    form.elements.end.value = pieces.at(-1).end;
    form.elements.words.value = pieces.map((piece) => piece.words).join("\n");
  });
})();
