/* The large-type switch of phone pages; remembered on this phone only. */
(function () {
  'use strict';

  function stored() {
    try { return localStorage.getItem('large-type') === 'yes'; } catch (error) { return false; }
  }

  function show(large) {
    document.documentElement.classList.toggle('large-type', large);
    document.querySelectorAll('[data-large-type]').forEach(function (button) {
      button.setAttribute('aria-pressed', String(large));
    });
  }

  document.addEventListener('click', function (event) {
    if (!event.target.closest('[data-large-type]')) return;
    var large = !document.documentElement.classList.contains('large-type');
    try { localStorage.setItem('large-type', large ? 'yes' : 'no'); } catch (error) { /* the switch still works on this page */ }
    show(large);
  });

  document.addEventListener('DOMContentLoaded', function () { show(stored()); });
})();
