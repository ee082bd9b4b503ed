/* Ticked rows: a button with data-bulk="step" is there when every ticked row allows the step (data-steps on its box);
   data-pair="address with a key of noughts" opens the two ticked rows side by side. */
(function () {
  'use strict';

  function ticked() {
    return Array.prototype.slice.call(document.querySelectorAll('input[type=checkbox][data-steps]:checked'));
  }

  function allows(box, step) {
    return box.dataset.steps.split(' ').indexOf(step) !== -1;
  }

  function offer() {
    var boxes = ticked();
    var offered = 0;
    document.querySelectorAll('[data-bulk]').forEach(function (button) {
      button.hidden = !boxes.length || !boxes.every(function (box) { return allows(box, button.dataset.bulk); });
      if (!button.hidden) offered += 1;
    });
    document.querySelectorAll('[data-pair]').forEach(function (button) { button.hidden = boxes.length !== 2; });
    document.querySelectorAll('[data-bulk-note]').forEach(function (note) {
      var some = boxes.length && !offered && document.querySelector('[data-bulk]');
      note.textContent = boxes.length ? '已勾选' + boxes.length + '份' + (some ? '，没有都能办的步骤' : '') : '';
    });
  }

  document.addEventListener('change', function (event) {
    if (event.target.matches('input[type=checkbox][data-steps]')) offer();
  });

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-pair]');
    var boxes = ticked();
    if (!button || boxes.length !== 2) return;
    var keys = boxes.map(function (box) { return box.value.split(':')[0]; });
    location.href = button.dataset.pair.replace(/0{8}[0-]+/, keys[0]) + '?b=' + keys[1];
  });

  document.addEventListener('DOMContentLoaded', offer);
  window.addEventListener('pageshow', offer);
})();
