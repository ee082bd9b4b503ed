/* Nothing typed is ever lost: forms with data-draft are kept on the server, and in this browser when that fails. */
(function () {
  'use strict';

  var QUIET_MS = 1500;
  var PREFIX = 'draft:' + ((document.body && document.body.dataset.user) || '') + ':';
  var NEVER = /^(csrfmiddlewaretoken|_key|_next)$|password|passphrase|sealed/;
  // What the text was typed over: kept with it, but not itself something a person typed.
  var ORIGIN = /^(revision|_base)$/;

  function values(form) {
    var kept = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || NEVER.test(field.name) || /^(file|submit|button|password)$/.test(field.type)) return;
      if ((field.type === 'checkbox' || field.type === 'radio') && !field.checked) return;
      var chosen = field.multiple && field.options
        ? Array.prototype.filter.call(field.options, function (o) { return o.selected; }).map(function (o) { return o.value; })
        : [field.value];
      kept[field.name] = (kept[field.name] || []).concat(chosen);
    });
    return kept;
  }

  function typed(kept) {
    return JSON.stringify(kept, function (name, value) { return ORIGIN.test(name) ? undefined : value; });
  }

  function fill(form, kept) {
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || NEVER.test(field.name) || field.type === 'file') return;
      var given = [].concat(kept[field.name] === undefined ? [] : kept[field.name]);
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = given.indexOf(field.value) >= 0;
      else if (field.options) {
        Array.prototype.forEach.call(field.options, function (o) { o.selected = given.indexOf(o.value) >= 0; });
      } else if (given.length) field.value = given[0];
    });
  }

  function local(key) {
    try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch (error) { return null; }
  }

  function keepLocal(key, kept) {
    try { localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values: kept })); } catch (error) { /* full or forbidden: the server copy remains */ }
  }

  function dropLocal(key) {
    try { localStorage.removeItem(PREFIX + key); } catch (error) { /* nothing was kept */ }
  }

  function clock(moment) {
    var time = new Date(moment);
    return ('0' + time.getHours()).slice(-2) + ':' + ('0' + time.getMinutes()).slice(-2);
  }

  function post(form, body) {
    var token = form.querySelector('[name=csrfmiddlewaretoken]');
    return fetch(form.dataset.draftUrl, {
      method: 'POST',
      credentials: 'same-origin',
      keepalive: JSON.stringify(body).length < 60000,
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token ? token.value : '' },
      body: JSON.stringify(body),
    });
  }

  function watch(form) {
    var key = form.dataset.draft;
    var status = form.querySelector('[data-draft-status]');
    var last = JSON.stringify(values(form));
    var timer = null;

    function say(text, problem) {
      if (!status) return;
      status.textContent = text;
      status.classList.toggle('problem', Boolean(problem));
    }

    function failed(response) {
      if (response && (response.redirected || response.status === 401 || response.status === 403)) {
        say('登录已失效，内容已存在本机。请在新窗口登录后再保存。', true);
      } else say('网络不通，内容已存在本机，恢复后会自动保存。', true);
    }

    function save() {
      clearTimeout(timer);
      var kept = values(form);
      var text = JSON.stringify(kept);
      if (text === last || form.dataset.sent) return;
      keepLocal(key, kept);
      post(form, { form: key, values: kept }).then(function (response) {
        if (!response.ok || response.redirected) return failed(response);
        return response.json().then(function (answer) {
          last = text;
          // Typed on while the answer travelled: the browser's copy is the newer one and stays.
          if (JSON.stringify(values(form)) === text) dropLocal(key);
          say('已自动保存 ' + (answer.saved_at || clock(Date.now())));
        });
      }).catch(function () { failed(null); });
    }

    form.addEventListener('input', function () {
      clearTimeout(timer);
      timer = setTimeout(save, QUIET_MS);
    });
    form.addEventListener('focusout', save);
    document.addEventListener('visibilitychange', function () { if (document.hidden) save(); });
    window.addEventListener('online', save);
    form.addEventListener('submit', function () {
      // Until the server has said yes, this browser holds a copy: an expired session must not eat the text.
      var kept = values(form);
      if (JSON.stringify(kept) !== last || local(key)) keepLocal(key, kept);
      try { sessionStorage.setItem('sent:' + key, location.pathname); } catch (error) { /* only tidying is lost */ }
    });
    offer(form, key, function () { last = ''; save(); });
  }

  function offer(form, key, saveNow) {
    var notice = document.querySelector('[data-draft-notice]');
    var stored = document.getElementById('draft-values');
    var mine = local(key);
    var bounced = document.querySelector('[data-error-summary], .conflict');
    if (!notice || bounced || (!stored && !mine)) return;
    var kept = mine ? mine.values : JSON.parse(stored.textContent);
    if (typed(kept) === typed(values(form))) return;
    if (mine) notice.querySelector('[data-draft-time]').textContent = '本机 ' + clock(mine.at);
    notice.hidden = false;
    notice.querySelector('[data-draft-restore]').addEventListener('click', function () {
      fill(form, kept);
      // What draws its own inputs from a field reads it anew.
      form.dispatchEvent(new Event('draft-restored'));
      notice.hidden = true;
      saveNow();
    });
    notice.querySelector('[data-draft-discard]').addEventListener('click', function () {
      notice.hidden = true;
      dropLocal(key);
      post(form, { form: key, values: null });
    });
  }

  // A form that was sent and led to another page was accepted: its copy in this browser has done its work.
  // A page without a user means that the session had ended: the copy stays until the person has it back.
  function tidy() {
    try {
      Object.keys(sessionStorage).forEach(function (name) {
        if (name.indexOf('sent:') !== 0) return;
        if (document.body.dataset.user && sessionStorage.getItem(name) !== location.pathname) dropLocal(name.slice(5));
        sessionStorage.removeItem(name);
      });
    } catch (error) { /* storage is closed: nothing was kept either */ }
  }

  // Leaving on purpose: the next person at this computer must not find the text.
  document.addEventListener('submit', function (event) {
    if (!event.target.hasAttribute('data-forget-drafts')) return;
    try {
      Object.keys(localStorage).filter(function (name) { return name.indexOf(PREFIX) === 0; })
        .forEach(function (name) { localStorage.removeItem(name); });
    } catch (error) { /* storage is closed */ }
  });

  document.addEventListener('DOMContentLoaded', function () {
    tidy();
    document.querySelectorAll('form[data-draft]').forEach(watch);
  });
})();
