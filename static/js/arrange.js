/* Questions are put into another order by dragging, by their arrow buttons or by Alt and an arrow key; a bar offers to
   save. Nothing is sent before that. */
(function () {
  'use strict';

  var dragged = null;

  function items() { return Array.prototype.slice.call(document.querySelectorAll('[data-item]')); }
  function aspects() { return Array.prototype.slice.call(document.querySelectorAll('[data-aspect]')); }

  function order() {
    return aspects().map(function (aspect) {
      var mine = Array.prototype.map.call(aspect.querySelectorAll('[data-item]'), function (item) { return 'item:' + item.dataset.item; });
      return ['aspect:' + aspect.dataset.aspect].concat(mine).join(' ');
    }).join(' ');
  }

  /* Numbers follow at once, and the bar appears. */
  function changed(text) {
    var form = document.querySelector('[data-order-form]');
    items().forEach(function (item, at) { item.querySelector('[data-number]').textContent = at + 1; });
    form.elements.order.value = order();
    form.hidden = false;
    form.querySelector('[data-order-status]').textContent = text + '还没有保存。';
  }

  function place(item) {
    return '“' + item.querySelector('b').textContent + '”移到第' + (items().indexOf(item) + 1) + '题，';
  }

  /* One step up or down, over the edge of its aspect into the next one. */
  function step(item, by) {
    var list = item.closest('[data-items]');
    var beside = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (beside) list.insertBefore(by < 0 ? item : beside, by < 0 ? beside : item);
    else {
      var all = aspects();
      var next = all[all.indexOf(item.closest('[data-aspect]')) + by];
      if (!next) return;
      var target = next.querySelector('[data-items]');
      target.insertBefore(item, by < 0 ? null : target.firstElementChild);
    }
    changed(place(item));
    item.focus();
  }

  function stepAspect(aspect, by) {
    var all = aspects();
    var other = all[all.indexOf(aspect) + by];
    if (!other) return;
    aspect.parentNode.insertBefore(by < 0 ? aspect : other, by < 0 ? other : aspect);
    changed('“' + aspect.querySelector('h2').textContent + '”已移动，');
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-move], [data-move-aspect]');
    if (!button) return;
    if (button.dataset.move) step(button.closest('[data-item]'), Number(button.dataset.move));
    else stepAspect(button.closest('[data-aspect]'), Number(button.dataset.moveAspect));
    button.focus();
  });

  document.addEventListener('keydown', function (event) {
    var item = event.target.closest && event.target.closest('[data-item]');
    if (!item || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    step(item, event.key === 'ArrowUp' ? -1 : 1);
  });

  document.addEventListener('dragstart', function (event) {
    dragged = event.target.closest && event.target.closest('[data-item]');
    if (!dragged) return;
    dragged.classList.add('dragged');
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.dataset.item);
  });

  document.addEventListener('dragover', function (event) {
    var list = dragged && event.target.closest('[data-items]');
    if (!list) return;
    event.preventDefault();
    var over = event.target.closest('[data-item]');
    if (!over) list.append(dragged);
    else if (over !== dragged) {
      var box = over.getBoundingClientRect();
      list.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
    }
  });

  document.addEventListener('drop', function (event) { if (dragged) event.preventDefault(); });

  document.addEventListener('dragend', function () {
    if (!dragged) return;
    dragged.classList.remove('dragged');
    changed(place(dragged));
    dragged = null;
  });
})();
