/* Ballots by keyboard: a digit fills a cell and moves on, Enter goes to the next ballot, arrows move about; count
   tables add up their rows. Without this script both are ordinary forms. */
(function () {
  'use strict';

  function marks(row) { return Array.prototype.slice.call(row.querySelectorAll('[data-mark]')); }

  function paint(field) {
    if (/^[0-5]$/.test(field.value)) field.dataset.level = field.value;
    else delete field.dataset.level;
  }

  function tally() {
    var place = document.querySelector('[data-ballot-tally]');
    if (!place) return;
    var filled = 0;
    var open = 0;
    document.querySelectorAll('tr').forEach(function (row) {
      var typed = marks(row).filter(function (field) { return field.value.trim() !== ''; }).length;
      if (!typed) return;
      filled += 1;
      if (typed < marks(row).length) open += 1;
    });
    place.textContent = '已录 ' + filled + ' 张' + (open ? '，其中 ' + open + ' 张有空白（按弃权）' : '');
  }

  function go(field) {
    if (!field) return;
    field.focus();
    field.select();
  }

  function beside(field, step) {
    var row = marks(field.closest('tr'));
    var next = row[row.indexOf(field) + step];
    if (next) return go(next);
    var other = step > 0 ? field.closest('tr').nextElementSibling : field.closest('tr').previousElementSibling;
    if (other) go(marks(other)[step > 0 ? 0 : marks(other).length - 1]);
  }

  function below(field, step) {
    var row = marks(field.closest('tr'));
    var other = step > 0 ? field.closest('tr').nextElementSibling : field.closest('tr').previousElementSibling;
    if (other) go(marks(other)[row.indexOf(field)]);
  }

  document.addEventListener('input', function (event) {
    var field = event.target;
    if (field.matches('[data-mark]')) {
      paint(field);
      tally();
      if (/^[0-5]$/.test(field.value)) beside(field, 1);
    } else if (field.closest('[data-count-table]')) add(field.closest('tr'));
  });

  document.addEventListener('keydown', function (event) {
    var field = event.target;
    if (!field.matches || !field.matches('[data-mark]') || event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      var next = field.closest('tr').nextElementSibling;
      if (next) go(marks(next)[0]);
      else document.querySelector('.form-bar [type=submit]').focus();
    } else if (event.key === 'Backspace' && field.value === '') {
      event.preventDefault();
      beside(field, -1);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      below(field, event.key === 'ArrowDown' ? 1 : -1);
    }
  });

  function add(row) {
    var place = row.querySelector('[data-sum]');
    if (!place) return;
    var sum = Array.prototype.reduce.call(row.querySelectorAll('input'), function (total, field) {
      return total + (parseInt(field.value, 10) || 0);
    }, 0);
    var valid = document.querySelector('[name=valid]');
    place.textContent = sum || '';
    place.classList.toggle('off', Boolean(sum && valid && valid.value && String(sum) !== valid.value.trim()));
  }

  document.addEventListener('change', function (event) {
    if (event.target.name === 'valid') document.querySelectorAll('[data-count-table] tbody tr').forEach(add);
  });

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('[data-mark]').forEach(paint);
    document.querySelectorAll('[data-count-table] tbody tr').forEach(add);
    tally();
  });
})();
