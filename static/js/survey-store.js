/* What a phone keeps of a questionnaire until it has been sent: nothing leaves this phone, nothing stays afterwards.
   One entry for each slip, so that a second person on the same phone sees nothing of the first. */
window.surveyStore = (function () {
  'use strict';

  var KEY = 'survey';
  var DAY = 24 * 3600 * 1000;
  var memory = { slips: {} };

  function read() {
    try { memory = JSON.parse(localStorage.getItem(KEY)) || memory; } catch (error) { /* kept in memory then */ }
    return memory;
  }

  function write(kept) {
    memory = kept;
    try {
      if (Object.keys(kept.slips).length) localStorage.setItem(KEY, JSON.stringify(kept));
      else localStorage.removeItem(KEY);
    } catch (error) { /* private windows: the page still works until it is closed */ }
  }

  /* A random id for one submission, sent with every retry: the server takes it once. */
  function newId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) {
      return ('0' + byte.toString(16)).slice(-2);
    }).join('');
  }

  return {
    /* What was typed for this slip; a fresh entry when there is none. Half-filled ones go after a day. */
    open: function (token) {
      var kept = read();
      Object.keys(kept.slips).forEach(function (other) {
        var slip = kept.slips[other];
        if (!slip.ready && Date.now() - slip.at > DAY) delete kept.slips[other];
      });
      var mine = kept.slips[token] || { at: Date.now(), answers: {}, marks: {}, group: null, words: {}, step: 0, submission: newId() };
      kept.slips[token] = mine;
      kept.current = token;
      write(kept);
      return mine;
    },
    save: function (token, slip) {
      var kept = read();
      kept.slips[token] = slip;
      write(kept);
    },
    forget: function (token) {
      var kept = read();
      delete kept.slips[token];
      if (kept.current === token) delete kept.current;
      write(kept);
    },
    current: function () { return read().current || ''; },
    /* Slips of others that are filled in and still wait for the network. */
    waiting: function (except) {
      var slips = read().slips;
      return Object.keys(slips).filter(function (token) { return token !== except && slips[token].ready; })
        .map(function (token) { return [token, slips[token]]; });
    },
  };
})();
