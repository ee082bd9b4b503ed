/* Pages that stand side by side: the one looked at is in sight, and an edge fades where there are more beyond it. */
(function () {
  'use strict';

  function edges(tabs) {
    var beyond = tabs.scrollWidth - tabs.clientWidth - tabs.scrollLeft;
    tabs.classList.toggle('more-before', tabs.scrollLeft > 1);
    tabs.classList.toggle('more-after', beyond > 1);
  }

  // At once and without gliding: nothing has been seen elsewhere yet that could move.
  function show(tabs) {
    var here = tabs.querySelector('[aria-current]');
    if (here) tabs.scrollLeft = here.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2;
    edges(tabs);
  }

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('.stage-tabs').forEach(function (tabs) {
      show(tabs);
      tabs.addEventListener('scroll', function () { edges(tabs); }, { passive: true });
      window.addEventListener('resize', function () { show(tabs); });
    });
  });
})();
