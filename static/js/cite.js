/* The basis of a paper: what is typed is looked up in the rule book, and a chosen citation is put into its line. */
(function () {
  'use strict';

  function lineAt(text, place) {
    return text.slice(0, place).split('\n').length - 1;
  }

  function put(area, citation, line) {
    var lines = area.value.split('\n');
    if (line >= 0 && line < lines.length) lines[line] = citation;
    else if (lines.length && !lines[lines.length - 1].trim()) lines[lines.length - 1] = citation;
    else lines.push(citation);
    area.value = lines.join('\n');
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.dispatchEvent(new Event('change', { bubbles: true }));
  }

  function wire(tools) {
    var area = document.getElementById(tools.dataset.for);
    var search = tools.querySelector('[data-cite-search]');
    var found = tools.querySelector('.cite-found');
    if (!area || !search) return;
    var typedLine = -1;

    area.addEventListener('input', function (event) {
      if (!event.isTrusted) return;
      typedLine = lineAt(area.value, area.selectionStart);
      search.value = area.value.split('\n')[typedLine].trim();
      search.dispatchEvent(new Event('cite'));
    });
    search.addEventListener('input', function (event) {
      if (event.isTrusted) typedLine = -1;
    });
    search.addEventListener('keydown', function (event) {
      // Enter looks up; it must not send the paper.
      if (event.key === 'Enter') event.preventDefault();
    });
    tools.addEventListener('click', function (event) {
      var button = event.target.closest('[data-cite]');
      if (!button) return;
      var fixed = button.dataset.citeLine;
      put(area, button.dataset.cite, fixed === undefined ? typedLine : filled(area.value)[fixed]);
      typedLine = -1;
      if (fixed === undefined) {
        search.value = '';
        found.textContent = '';
      }
      area.focus();
    });
  }

  /* The book counts lines that hold something; the text may have empty ones between. */
  function filled(text) {
    var places = [];
    text.split('\n').forEach(function (line, place) { if (line.trim()) places.push(place); });
    return places;
  }

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('.cite-tools').forEach(wire);
  });
})();
