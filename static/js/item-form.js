/* Of a question's form only the fields its kind has use for are shown; what was typed in the others stays typed. */
(function () {
  'use strict';

  var WANTS = { single: ['options'], multiple: ['options'], matrix: ['options', 'rows'] };

  function show(kind) {
    ['options', 'rows'].forEach(function (name) {
      var field = document.getElementById('div_id_' + name);
      if (field) field.hidden = (WANTS[kind.value] || []).indexOf(name) < 0;
    });
  }

  document.addEventListener('DOMContentLoaded', function () {
    var kind = document.getElementById('id_kind');
    if (!kind) return;
    kind.addEventListener('change', function () { show(kind); });
    show(kind);
  });
})();
