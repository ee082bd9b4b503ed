/* A box with data-tick-all="name" ticks every box of that name; data-ticked="name" says how many are ticked. */
(function () {
  'use strict';

  function boxes(name) {
    return Array.prototype.slice.call(document.querySelectorAll('input[type=checkbox][name="' + name + '"]'));
  }

  function tell(name) {
    var all = boxes(name);
    var ticked = all.filter(function (box) { return box.checked; }).length;
    document.querySelectorAll('[data-ticked="' + name + '"]').forEach(function (place) {
      place.textContent = ticked ? '已勾选 ' + ticked + ' 条' : '还没有勾选';
    });
    document.querySelectorAll('[data-tick-all="' + name + '"]').forEach(function (box) {
      box.checked = ticked > 0 && ticked === all.length;
      box.indeterminate = ticked > 0 && ticked < all.length;
    });
  }

  document.addEventListener('change', function (event) {
    var name = event.target.dataset.tickAll || event.target.name;
    if (!name) return;
    if (event.target.dataset.tickAll) {
      boxes(name).forEach(function (box) { box.checked = event.target.checked; });
    }
    tell(name);
  });

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('[data-ticked]').forEach(function (place) { tell(place.dataset.ticked); });
  });
})();
