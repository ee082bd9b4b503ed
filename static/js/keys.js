/* Reading many by keyboard: j/k move, Enter opens, / searches, x ticks, data-key="s" presses that button
   (? shows what the keys do). */
(function () {
  'use strict';

  function typing(target) {
    return target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]') !== null;
  }

  function rows(list) {
    return Array.prototype.slice.call(list.querySelectorAll('tbody tr, li[data-row]'));
  }

  function select(list, row) {
    rows(list).forEach(function (other) {
      other.classList.toggle('current', other === row);
      if (other === row) other.setAttribute('aria-current', 'true');
      else other.removeAttribute('aria-current');
    });
    row.scrollIntoView({ block: 'nearest' });
  }

  function move(list, step) {
    var all = rows(list);
    if (!all.length) return;
    var here = all.findIndex(function (row) { return row.classList.contains('current'); });
    var next = Math.max(0, Math.min(all.length - 1, here + step));
    select(list, all[next]);
    var link = all[next].querySelector('[data-open]');
    if (link) link.click();
  }

  function openCurrent(list) {
    var link = list.querySelector('tr.current a.row-link, tr.current a, li.current a');
    if (link) link.click();
  }

  function press(key) {
    var buttons = document.querySelectorAll('[data-key="' + key + '"]:not([disabled])');
    for (var i = 0; i < buttons.length; i++) {
      if (buttons[i].offsetParent !== null) {
        buttons[i].click();
        return true;
      }
    }
    return false;
  }

  function search(event) {
    var field = document.querySelector('[data-search]');
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    if (event.key === '/') return search(event);
    var list = document.querySelector('[data-key-list]');
    if (list && (event.key === 'j' || event.key === 'k')) return move(list, event.key === 'j' ? 1 : -1);
    if (list && event.key === 'Enter' && !event.target.closest('a, button')) return openCurrent(list);
    if (list && event.key === 'x') {
      var box = list.querySelector('tr.current input[type=checkbox]');
      if (box) box.click();
      return;
    }
    if (/^[a-z1-9?]$/.test(event.key) && press(event.key)) event.preventDefault();
  });

  document.addEventListener('click', function (event) {
    var row = event.target.closest('[data-key-list] tbody tr, [data-key-list] li[data-row]');
    if (!row) return;
    var list = row.closest('[data-key-list]');
    if (list.querySelector('[data-open]')) select(list, row);
    // The whole row is the target where rows open beside the list; links and boxes keep their own meaning.
    var link = row.querySelector('[data-open]');
    if (link && !event.target.closest('a, button, input, label')) link.click();
  });
})();
