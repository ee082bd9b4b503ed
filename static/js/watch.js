/* The watch list by keyboard: 1–4 on the current row open a line for its conclusion, Enter saves, Esc leaves. */
(function () {
  'use strict';

  // What is typed between the key and the arrival of the line: nobody waits for a network.
  var early = null;
  var STEPS = { 1: 'clear', 2: 'suspect', 3: 'confirm', 4: 'hand_over' };

  function current() {
    return document.querySelector('[data-key-list] tr.current');
  }

  function swap(row, address) {
    window.htmx.ajax('GET', address, { target: row, swap: 'outerHTML' });
  }

  function mark(row) {
    document.querySelectorAll('[data-key-list] tr.current').forEach(function (other) {
      other.classList.remove('current');
      other.removeAttribute('aria-current');
    });
    row.classList.add('current');
    row.setAttribute('aria-current', 'true');
  }

  function begin(row, step) {
    var input = document.createElement('input');
    input.className = 'form-control form-control-sm';
    input.setAttribute('aria-label', '查核说明');
    row.querySelector('.cell-main').appendChild(input);
    input.focus();
    early = { id: row.id, input: input, then: '' };
    swap(row, row.dataset.conclude.replace('/step/', '/' + step + '/'));
  }

  function typedFor(row) {
    return early && early.id === row.id ? early : null;
  }

  // Once the line can be saved: an Enter or Escape that came before it is carried out.
  function finish(row, field, typed) {
    early = null;
    if (!typed) return;
    if (typed.then === 'Enter') field.form.requestSubmit();
    if (typed.then === 'Escape') swap(row, row.dataset.row);
  }

  function ours(element) {
    return element && element.closest ? element.closest('tr[data-row]') : null;
  }

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var row = ours(event.target);
    if (early && event.target === early.input) {
      if (event.key === 'Enter' || event.key === 'Escape') {
        event.preventDefault();
        early.then = event.key;
      }
      return;
    }
    if (event.key === 'Escape' && row && row.classList.contains('concluding')) {
      event.preventDefault();
      swap(row, row.dataset.row);
      return;
    }
    if (event.target.closest('input:not([type=checkbox]), textarea, select, dialog')) return;
    var here = current();
    if (!here || !here.dataset.conclude || !STEPS[event.key]) return;
    event.preventDefault();
    begin(here, STEPS[event.key]);
  });

  document.addEventListener('click', function (event) {
    var leave = event.target.closest('[data-leave]');
    var row = leave && ours(leave);
    if (!row) return;
    event.preventDefault();
    swap(row, row.dataset.row);
  });

  // A refused or stale line comes back with what was typed and why.
  document.addEventListener('htmx:beforeSwap', function (event) {
    var detail = event.detail;
    if (ours(detail.target) && (detail.xhr.status === 422 || detail.xhr.status === 409)) {
      detail.shouldSwap = true;
      detail.isError = false;
    }
  });

  // The line takes over in the moment it arrives, not when it has settled: no key may fall between the two.
  document.addEventListener('htmx:afterSwap', function (event) {
    var row = event.target;
    if (!row.matches || !row.matches('tr[data-row]')) return;
    mark(row);
    var field = row.querySelector('input[name=note]');
    if (!field) return;
    var typed = typedFor(row);
    if (typed) {
      field.value += typed.input.value;
      typed.input = field;
    }
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });

  document.addEventListener('htmx:load', function (event) {
    var row = event.detail.elt;
    if (!row.matches || !row.matches('tr[data-row]')) return;
    mark(row); // settling has put back the attributes the row was sent with
    var field = row.querySelector('input[name=note]');
    if (field) {
      finish(row, field, typedFor(row));
    } else {
      early = null;
      row.closest('[data-key-list]').focus({ preventScroll: true });
    }
  });

  function say(event) {
    var row = ours(event.detail.elt) || ours(event.detail.target);
    if (!row) return;
    var place = row.querySelector('.conclude-line') || row.querySelector('.cell-main');
    var words = document.createElement('span');
    words.className = 'conclude-error';
    words.setAttribute('role', 'alert');
    words.textContent = '没有保存成功，请检查网络或刷新页面后再试。';
    place.appendChild(words);
  }
  document.addEventListener('htmx:responseError', say);
  document.addEventListener('htmx:sendError', say);
})();
