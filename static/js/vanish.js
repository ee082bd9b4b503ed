/* What was opened once empties itself after its seconds, and at once when the page is left. */
(function () {
  'use strict';

  var shown = document.querySelector('[data-vanish]');
  if (!shown) return;
  var left = Number(shown.dataset.vanish);
  var counter = shown.querySelector('[data-vanish-left]');

  function vanish() {
    clearInterval(timer);
    shown.remove();
    document.dispatchEvent(new Event('vanished'));
    document.querySelector('[data-vanished]').hidden = false;
  }

  var timer = setInterval(function () {
    left -= 1;
    if (counter) counter.textContent = left + '秒';
    if (left <= 0) vanish();
  }, 1000);
  window.addEventListener('pagehide', vanish);
})();
