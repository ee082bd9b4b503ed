/* Files that came sealed in this one answer: played or handed out from memory, never asked for a second time. */
(function () {
  'use strict';

  var addresses = [];

  function bytesOf(text) {
    var plain = atob(text);
    var bytes = new Uint8Array(plain.length);
    for (var at = 0; at < plain.length; at += 1) bytes[at] = plain.charCodeAt(at);
    return bytes;
  }

  document.querySelectorAll('[data-sealed-file]').forEach(function (element) {
    var blob = new Blob([bytesOf(element.dataset.content)], { type: element.dataset.sealedFile });
    var address = URL.createObjectURL(blob);
    addresses.push(address);
    element.removeAttribute('data-content');
    if (element.tagName === 'A') element.href = address;
    else element.src = address;
  });

  function forget() {
    addresses.forEach(function (address) { URL.revokeObjectURL(address); });
    addresses = [];
  }

  document.addEventListener('vanished', forget);
  window.addEventListener('pagehide', forget);
})();
