/* Typed sheets on their way to the server: kept in this browser until the server has them, sent in bundles, each with
   a key of its own, so that a bundle sent twice counts once. */
window.entryKeep = (function () {
  'use strict';

  var BUNDLE = 5;
  var QUIET_MS = 1500;
  var LONGEST_MS = 30000;

  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) { return ('0' + byte.toString(16)).slice(-2); }).join('');
  }

  function Keep(url, token, name, tell) {
    this.url = url;
    this.token = token;
    // The prefix that signing out clears: the next person at this computer finds nothing.
    this.name = 'draft:' + (document.body.dataset.user || '') + ':entry:' + name;
    this.tell = tell;
    this.pause = QUIET_MS;
    var stored = null;
    try { stored = JSON.parse(localStorage.getItem(this.name)); } catch (error) { /* kept in memory only */ }
    this.waiting = (stored && stored.waiting) || {};
    this.bundle = (stored && stored.bundle) || null;
  }

  Keep.prototype.store = function () {
    try {
      if (this.bundle || Object.keys(this.waiting).length) {
        localStorage.setItem(this.name, JSON.stringify({ waiting: this.waiting, bundle: this.bundle }));
      } else localStorage.removeItem(this.name);
    } catch (error) { /* full or forbidden: what was sent is safe on the server */ }
  };

  /* Every sheet that has not arrived yet, by number; ``null`` is one to be struck out. */
  Keep.prototype.pending = function () { return Object.assign({}, (this.bundle || {}).content, this.waiting); };

  Keep.prototype.add = function (number, content) {
    this.waiting[number] = content;
    this.store();
    clearTimeout(this.timer);
    if (Object.keys(this.waiting).length >= BUNDLE) this.send();
    else this.timer = setTimeout(this.send.bind(this), QUIET_MS);
  };

  Keep.prototype.send = function () {
    clearTimeout(this.timer);
    if (this.sending) return this.sending;
    if (!this.bundle) {
      if (!Object.keys(this.waiting).length) return Promise.resolve(true);
      this.bundle = { key: newKey(), content: this.waiting };
      this.waiting = {};
      this.store();
    }
    var self = this;
    this.sending = this.post().then(function (done) {
      self.sending = null;
      if (done && Object.keys(self.waiting).length) return self.send();
      return done;
    });
    return this.sending;
  };

  Keep.prototype.post = function () {
    var self = this;
    var content = this.bundle.content;
    var numbers = Object.keys(content);
    var body = {
      key: this.bundle.key,
      sheets: numbers.filter(function (n) { return content[n]; }).map(function (n) {
        return { number: n, group: content[n][0], answers: content[n][1], words: content[n][2] };
      }),
      dropped: numbers.filter(function (n) { return !content[n]; }),
    };
    this.tell('正在保存……');
    return fetch(this.url, {
      method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json', 'X-CSRFToken': this.token },
      body: JSON.stringify(body),
    }).then(function (response) {
      if (response.redirected || response.status === 401) return self.trouble('登录已失效，内容存在本机。请在新窗口登录后回来，会自动保存。');
      if (response.ok) return self.arrived();
      if (response.status >= 500) return self.trouble('');
      return response.json().then(function (answer) { return self.refused(answer.message); }, function () { return self.refused('没有保存：这一批现在不能录入，请返回查看。'); });
    }).catch(function () { return self.trouble(''); });
  };

  Keep.prototype.arrived = function () {
    this.bundle = null;
    this.pause = QUIET_MS;
    this.store();
    this.tell('已保存');
    return true;
  };

  /* Tried again by itself, with growing pauses, for as long as it takes. */
  Keep.prototype.trouble = function (text) {
    this.tell(text || '网络不通，内容存在本机，恢复后自动保存。', true);
    this.timer = setTimeout(this.send.bind(this), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_MS);
    return false;
  };

  /* The server names a sheet it does not take: the others of the bundle go out anew once that one is changed. */
  Keep.prototype.refused = function (text) {
    this.waiting = Object.assign({}, this.bundle.content, this.waiting);
    this.bundle = null;
    this.store();
    this.tell(text, true);
    return false;
  };

  return Keep;
})();
