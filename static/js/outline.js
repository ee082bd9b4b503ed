/* The questions of an outline: drag, Alt+arrows and buttons put them in order, Alt+N adds, Alt+M and Alt+D tick. */
(function () {
  'use strict';

  var list, said;

  function rows() {
    return Array.prototype.slice.call(list.querySelectorAll('[data-ask-row]'));
  }

  function part(row, name) {
    return row.querySelector('[name$="-' + name + '"]');
  }

  function spare(row) {
    return !part(row, 'id').value && !part(row, 'text').value && !row.dataset.used;
  }

  // Numbers follow the places; a spare row has none until it is used.
  function number() {
    var count = 0;
    rows().forEach(function (row) {
      var free = spare(row);
      row.hidden = free;
      part(row, 'seq').value = free ? '' : String(++count);
      row.classList.toggle('dropped', part(row, 'drop').checked);
    });
  }

  function changed(sentence) {
    number();
    said.textContent = sentence;
    list.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function place(row) {
    return rows().filter(function (other) { return !other.hidden; }).indexOf(row) + 1;
  }

  function move(row, step) {
    var shown = rows().filter(function (other) { return !other.hidden; });
    var target = shown[shown.indexOf(row) + step];
    if (!target) return;
    var focused = document.activeElement;
    list.insertBefore(row, step < 0 ? target : target.nextElementSibling);
    if (row.contains(focused)) focused.focus();
    row.scrollIntoView({ block: 'nearest' });
    changed('已移到第' + place(row) + '问');
  }

  function add(row) {
    var free = rows().find(spare);
    if (!free) {
      said.textContent = '空行用完了，请先保存再加。';
      return;
    }
    free.dataset.used = 'yes';
    free.hidden = false;
    list.insertBefore(free, row ? row.nextElementSibling : null);
    part(free, 'text').focus();
    changed('已加一问，在第' + place(free) + '问');
  }

  function tick(row, name) {
    var box = part(row, name);
    box.checked = !box.checked;
    changed(name === 'drop' ? (box.checked ? '已删去，保存后生效' : '已恢复') : (box.checked ? '已列为必问' : '不再是必问'));
  }

  var KEYS = {
    ArrowUp: function (row) { move(row, -1); },
    ArrowDown: function (row) { move(row, 1); },
    KeyN: add,
    KeyM: function (row) { tick(row, 'must'); },
    KeyD: function (row) { tick(row, 'drop'); },
  };

  function keyed(event) {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyS') {
      event.preventDefault();
      list.closest('form').requestSubmit();
      return;
    }
    var row = event.target.closest('[data-ask-row]');
    var act = event.altKey && !event.ctrlKey && KEYS[event.code];
    if (!row || !act) return;
    event.preventDefault();
    act(row);
  }

  function clicked(event) {
    var button = event.target.closest('[data-ask]');
    if (!button) return;
    var row = button.closest('[data-ask-row]');
    if (button.dataset.ask === 'add') add(row);
    else move(row, button.dataset.ask === 'up' ? -1 : 1);
  }

  // Only the handle starts a drag: text in the field must stay selectable.
  function drags() {
    var dragged = null;
    list.addEventListener('pointerdown', function (event) {
      var row = event.target.closest('[data-ask-row]');
      if (row) row.draggable = event.target.closest('[data-ask-handle]') !== null;
    });
    list.addEventListener('dragstart', function (event) {
      dragged = event.target.closest('[data-ask-row]');
      if (!dragged) return;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', '');
      dragged.classList.add('dragged');
    });
    list.addEventListener('dragover', function (event) {
      var over = event.target.closest('[data-ask-row]');
      if (!dragged || !over || over === dragged) return;
      event.preventDefault();
      var box = over.getBoundingClientRect();
      list.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
    });
    list.addEventListener('dragend', function () {
      if (!dragged) return;
      var row = dragged;
      dragged = null;
      row.classList.remove('dragged');
      row.draggable = false;
      changed('已移到第' + place(row) + '问');
    });
  }

  document.addEventListener('DOMContentLoaded', function () {
    list = document.querySelector('[data-ask-rows]');
    if (!list) return;
    said = document.querySelector('[data-ask-said]');
    list.classList.add('scripted');
    list.querySelectorAll('[data-ask-buttons]').forEach(function (place) { place.hidden = false; });
    number();
    if (rows().every(spare)) add(null);
    list.addEventListener('click', clicked);
    list.addEventListener('change', function (event) { if (event.target.type === 'checkbox') number(); });
    document.addEventListener('keydown', keyed);
    drags();
    // What was kept as a draft comes back into the fields in its own order.
    document.addEventListener('click', function (event) {
      if (!event.target.closest('[data-draft-restore]')) return;
      setTimeout(function () {
        rows().sort(function (one, other) {
          return (Number(part(one, 'seq').value) || 9999) - (Number(part(other, 'seq').value) || 9999);
        }).forEach(function (row) { list.appendChild(row); });
        number();
      }, 0);
    });
  });
})();
