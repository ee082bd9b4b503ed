/* The three sizes of type on phone pages. The page remembers the size by itself; it says nothing about the reader. */
(function () {
  'use strict';

  var KEY = 'type-size';
  var SIZES = ['normal', 'large', 'huge'];

  function stored() {
    try {
      var size = localStorage.getItem(KEY);
      return SIZES.indexOf(size) < 0 ? 'normal' : size;
    } catch (error) { return 'normal'; }
  }

  function keep(size) {
    try {
      if (size === 'normal') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, size);
    } catch (error) { /* the switch still works on this page */ }
  }

  function show(size) {
    SIZES.forEach(function (each) { document.documentElement.classList.toggle('type-' + each, each === size); });
    document.querySelectorAll('[data-type-size]').forEach(function (button) {
      button.setAttribute('aria-pressed', String(button.dataset.typeSize === size));
    });
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-type-size]');
    if (!button) return;
    keep(button.dataset.typeSize);
    show(button.dataset.typeSize);
  });

  document.addEventListener('DOMContentLoaded', function () { show(stored()); });
})();
