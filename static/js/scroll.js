/* A table wider than its place is reached by keyboard and moved with the arrow keys; one that fits is passed over. */
(function () {
  'use strict';

  function look() {
    document.querySelectorAll('.table-wrap:not([role=region])').forEach(function (place) {
      if (place.scrollWidth > place.clientWidth) {
        place.tabIndex = 0;
        place.setAttribute('role', 'group');
        place.setAttribute('aria-label', '表格，可左右滚动');
      } else {
        ['tabindex', 'role', 'aria-label'].forEach(function (name) { place.removeAttribute(name); });
      }
    });
  }

  document.addEventListener('DOMContentLoaded', look);
  document.addEventListener('htmx:afterSettle', look);
  // What is unfolded has had no width before.
  document.addEventListener('toggle', look, true);
  window.addEventListener('resize', look);
})();
