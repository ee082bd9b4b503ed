/* A link to a field puts the cursor into it: whoever follows one from a list of gaps can type at once. */
(function () {
  'use strict';

  function arrive() {
    var place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !place.matches('[id^="div_id_"], [data-arrive]')) return;
    var control = place.querySelector('input:not([type=hidden]):not([disabled]), select, textarea, button');
    if (!control) return;
    control.focus();
    place.scrollIntoView({ block: 'center' });
  }

  document.addEventListener('DOMContentLoaded', arrive);
  window.addEventListener('hashchange', arrive);
})();
