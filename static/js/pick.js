/* A long <select data-pick="what to type">: a line above it leaves only the choices that have every typed word.
   Without this script the plain list, in its groups, stays as it is. */
(function () {
  'use strict';

  var MOST = 8;

  function words(text) { return text.toLowerCase().split(/\s+/).filter(Boolean); }

  function wire(select) {
    var all = Array.prototype.slice.call(select.children);
    var search = document.createElement('input');
    search.type = 'search';
    search.className = 'form-control form-control-sm';
    search.placeholder = select.dataset.pick;
    search.setAttribute('aria-label', select.dataset.pick);
    search.setAttribute('aria-controls', select.id);
    select.before(search);

    function kept(child, wanted) {
      var copy = child.cloneNode(true);
      if (child.nodeName !== 'OPTGROUP') return wanted.length && !child.value ? null : copy;
      Array.prototype.slice.call(copy.children).forEach(function (option) {
        var text = option.textContent.toLowerCase();
        if (!wanted.every(function (word) { return text.indexOf(word) >= 0; })) option.remove();
      });
      return copy.children.length ? copy : null;
    }

    search.addEventListener('input', function () {
      var wanted = words(search.value);
      select.replaceChildren.apply(select, all.map(function (child) { return kept(child, wanted); }).filter(Boolean));
      // What is left stands open below the line while one looks for it.
      if (wanted.length) select.size = Math.max(2, Math.min(MOST, select.length + select.children.length));
      else select.removeAttribute('size');
      if (select.length) select.selectedIndex = 0;
    });
    search.addEventListener('keydown', function (event) {
      // Enter goes on to the choices; it must not send the first one unseen.
      if (event.key !== 'Enter') return;
      event.preventDefault();
      select.focus();
    });
  }

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('select[data-pick]').forEach(wire);
  });
})();
