/* A table wider than its place is reached by keyboard and moved with the arrow keys, fades out on the right while
   more of it is hidden there, and says so where there is a line for it; one that fits is passed over. */
(function () {
  'use strict';

  function reach() {
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

  function edge(place) {
    var left = Math.round(place.scrollWidth - place.clientWidth - place.scrollLeft);
    place.classList.toggle('more-right', left > 1);
  }

  function edges() {
    document.querySelectorAll('.table-wrap, .grid-wrap').forEach(function (place) {
      var line = place.previousElementSibling;
      edge(place);
      if (line && line.matches('.scroll-line')) line.hidden = place.scrollWidth <= place.clientWidth + 1;
    });
  }

  function look() {
    reach();
    edges();
  }

  document.addEventListener('DOMContentLoaded', look);
  document.addEventListener('grid-drawn', edges);
  document.addEventListener('scroll', function (event) {
    if (event.target.matches && event.target.matches('.table-wrap, .grid-wrap')) edge(event.target);
  }, true);
  document.addEventListener('htmx:afterSettle', look);
  // What is unfolded has had no width before.
  document.addEventListener('toggle', look, true);
  window.addEventListener('resize', look);
})();
