/* Buttons with data-dialog="id" open that <dialog>; data-dialog-close closes the one around it. */
(function () {
  'use strict';

  document.addEventListener('click', function (event) {
    var opener = event.target.closest('[data-dialog]');
    if (opener) {
      var dialog = document.getElementById(opener.dataset.dialog);
      if (dialog && !dialog.open) dialog.showModal();
      var field = dialog && dialog.querySelector('textarea, input:not([type=hidden]), select');
      if (field) field.focus();
      return;
    }
    var closer = event.target.closest('[data-dialog-close]');
    if (closer) closer.closest('dialog').close();
    // A click on the dimmed ground counts as a click on the dialog element itself; typed text is kept in the fields.
    if (event.target.nodeName === 'DIALOG') event.target.close();
  });
})();
