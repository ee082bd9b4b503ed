/* A computed number says how it was computed when pointed at or focused; Escape puts the hint away. */
(function () {
  'use strict';

  document.addEventListener('DOMContentLoaded', function () {
    // One listener for the page, so that hints also work in parts that arrive later. Placed on the body: a table
    // that scrolls would cut them off.
    new window.bootstrap.Tooltip(document.body, { selector: '[data-how]', container: 'body', boundary: 'viewport' });
  });

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') return;
    document.querySelectorAll('[data-how][aria-describedby]').forEach(function (element) {
      var hint = window.bootstrap.Tooltip.getInstance(element);
      if (hint) hint.hide();
    });
  });
})();
