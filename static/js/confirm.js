/* Dangerous actions say what will happen; a form is sent once; mistakes are shown where they are. */
(function () {
  'use strict';

  function ask(text, proceed) {
    var dialog = document.createElement('dialog');
    dialog.className = 'sheet';
    dialog.setAttribute('aria-label', '请确认');
    var sentence = document.createElement('p');
    sentence.textContent = text;
    var foot = document.createElement('div');
    foot.className = 'sheet-foot';
    [['取消', 'btn btn-outline-secondary', null], ['确定', 'btn btn-primary', proceed]].forEach(function (choice) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = choice[0];
      button.className = choice[1];
      button.addEventListener('click', function () {
        dialog.close();
        if (choice[2]) choice[2]();
      });
      foot.appendChild(button);
    });
    dialog.appendChild(sentence);
    dialog.appendChild(foot);
    dialog.addEventListener('close', function () { dialog.remove(); });
    document.body.appendChild(dialog);
    dialog.showModal();
    foot.lastChild.focus();
  }

  function guard(form, submitter) {
    form.dataset.sent = 'yes';
    // Disabled after the browser has collected the fields, so the button's own value still travels.
    setTimeout(function () {
      form.querySelectorAll('button[type=submit]').forEach(function (button) {
        button.disabled = true;
      });
      if (submitter) submitter.setAttribute('aria-busy', 'true');
    }, 0);
  }

  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    var text = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
    if (text && !form.dataset.confirmed) {
      event.preventDefault();
      ask(text, function () {
        form.dataset.confirmed = 'yes';
        form.requestSubmit(event.submitter);
      });
      return;
    }
    if (!form.hasAttribute('hx-post')) guard(form, event.submitter);
  });

  // The browser's own "back" shows the page as it was left: let its forms be sent again.
  window.addEventListener('pageshow', function (event) {
    if (!event.persisted) return;
    document.querySelectorAll('form[data-sent]').forEach(function (form) {
      delete form.dataset.sent;
      delete form.dataset.confirmed;
      form.querySelectorAll('button[type=submit]').forEach(function (button) {
        button.disabled = false;
        button.removeAttribute('aria-busy');
      });
    });
  });

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-back], [data-print]');
    if (!button) return;
    if (button.hasAttribute('data-print')) window.print();
    else if (history.length > 1) history.back();
    else location.href = '/';
  });

  document.addEventListener('DOMContentLoaded', function () {
    var summary = document.querySelector('[data-error-summary]');
    if (!summary) return;
    var first = document.querySelector('form .is-invalid, form [aria-invalid=true]');
    summary.scrollIntoView({ block: 'start' });
    if (first) first.focus({ preventScroll: true });
    else summary.focus();
  });
})();
