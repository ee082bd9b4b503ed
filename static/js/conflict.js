/* Two people changed one place: a button puts the other version, or both, into the field of the form. */
(function () {
  'use strict';

  document.querySelectorAll('[data-fill]').forEach(function (button) {
    button.addEventListener('click', function () {
      var field = document.getElementById(button.dataset.fill);
      if (!field) return;
      field.value = button.dataset.value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus();
    });
  });
})();
