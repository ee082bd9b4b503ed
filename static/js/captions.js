/* Captions typed beside the pictures of a paper outlive whatever draws the page anew: more pictures, another order, a
   lost line. They are kept in this browser until they are saved; a step of the paper waits until they are. */
(function () {
  'use strict';

  var form = document.getElementById('captions');
  if (!form) return;
  var NAME = 'captions:' + location.pathname;
  // As in drafts.js, which forgets the copies of a person who signs out.
  var KEY = 'draft:' + (document.body.dataset.user || '') + ':' + NAME;
  var status = form.querySelector('[data-captions-status]');

  function changed() {
    return Array.prototype.filter.call(form.elements, function (field) {
      return /^caption_/.test(field.name) && field.value.trim() !== field.defaultValue;
    });
  }

  function keep() {
    var kept = {};
    changed().forEach(function (field) { kept[field.name] = { typed: field.value, over: field.defaultValue }; });
    var count = Object.keys(kept).length;
    status.textContent = count ? '有' + count + '条说明还没有保存。' : '';
    status.classList.remove('problem');
    try {
      if (count) localStorage.setItem(KEY, JSON.stringify(kept));
      else localStorage.removeItem(KEY);
    } catch (error) { /* full or forbidden: the page still holds them */ }
  }

  function restore() {
    var kept = null;
    try { kept = JSON.parse(localStorage.getItem(KEY)); } catch (error) { /* nothing was kept */ }
    Array.prototype.forEach.call(form.elements, function (field) {
      var mine = kept && kept[field.name];
      if (!mine || mine.typed.trim() === field.defaultValue) return;
      // Somebody else has written one meanwhile: both stand in the field, and the person decides.
      field.value = field.defaultValue === mine.over ? mine.typed : field.defaultValue + '；' + mine.typed;
    });
    keep();
  }

  document.addEventListener('input', function (event) { if (event.target.form === form) keep(); });
  form.addEventListener('submit', function () {
    // The copy stays until the server has said yes; then drafts.js or the next look at this page drops it.
    try { sessionStorage.setItem('sent:' + NAME, location.pathname); } catch (error) { /* only tidying is lost */ }
  });
  document.addEventListener('submit', function (event) {
    var step = (event.target.getAttribute('action') || '').indexOf(location.pathname) === 0;
    if (!step || event.target.closest('#files') || !changed().length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    status.textContent = '照片和附件的说明还没有保存，请先点“保存说明”，再办理下一步。';
    status.classList.add('problem');
    form.querySelector('button[type=submit]').focus();
  }, true);
  restore();
})();
