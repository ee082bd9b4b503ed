/* A question paper on a phone: what is typed stays on this phone until it is handed in; how many are left is said. */
(function () {
  'use strict';

  function key(paper) { return 'exam:' + paper; }

  function read(paper) {
    try { return JSON.parse(localStorage.getItem(key(paper))) || {}; } catch (error) { return {}; }
  }

  function fields(form) { return form.querySelectorAll('[name^="a-"]'); }

  function save(form) {
    var kept = {};
    fields(form).forEach(function (field) {
      if ((field.type === 'radio' || field.type === 'checkbox') && !field.checked) return;
      if (field.value) kept[field.name] = (kept[field.name] || []).concat(field.value);
    });
    try { localStorage.setItem(key(form.dataset.exam), JSON.stringify(kept)); } catch (error) { /* the page still works */ }
    tell(form, kept);
  }

  function fill(form) {
    var kept = read(form.dataset.exam);
    fields(form).forEach(function (field) {
      var given = kept[field.name] || [];
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.checked || given.indexOf(field.value) >= 0;
      else if (!field.value && given.length) field.value = given[0];
    });
    save(form);
  }

  function tell(form, kept) {
    var left = form.querySelectorAll('.exam-item').length - Object.keys(kept).length;
    document.querySelector('[data-exam-left]').textContent = left ? '还有 ' + left + ' 题没答' : '已全部作答';
  }

  document.addEventListener('DOMContentLoaded', function () {
    var form = document.querySelector('[data-exam]');
    var done = document.querySelector('[data-exam-done]');
    if (form) {
      fill(form);
      form.addEventListener('input', function () { save(form); });
      form.addEventListener('change', function () { save(form); });
    }
    if (done) {
      try { localStorage.removeItem(key(done.dataset.examDone)); } catch (error) { /* nothing was kept */ }
    }
  });
})();
