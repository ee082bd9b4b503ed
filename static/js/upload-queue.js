/* One file after the other over a line that drops: the queue and the talk with the server, without a page.
   What is seen of it: uploads.js. The protocol: core/views/pieces.py. */
window.FileQueue = (function () {
  'use strict';

  var AT_ONCE = 2;
  var SMALLEST = 64 * 1024;
  var FIRST = 512 * 1024;
  var SLOW_MS = 6000;
  var QUICK_MS = 1500;
  var STUCK_MS = 120000;
  var LONGEST_WAIT_MS = 30000;

  function digest(bytes) {
    // FNV-1a twice: tells one photograph from another; it proves nothing and need not.
    var a = 0x811c9dc5;
    var b = 0x1000193;
    for (var i = 0; i < bytes.length; i += 1) {
      a = Math.imul(a ^ bytes[i], 0x01000193);
      b = Math.imul(b ^ bytes[bytes.length - 1 - i], 0x01000193);
    }
    return (a >>> 0).toString(16) + (b >>> 0).toString(16);
  }

  function markOf(file) {
    var edge = 32 * 1024;
    var ends = new Blob([file.slice(0, edge), file.slice(Math.max(edge, file.size - edge))]);
    return ends.arrayBuffer().then(function (buffer) {
      return file.lastModified + '-' + digest(new Uint8Array(buffer));
    });
  }

  // What a try ended with. "line": try again later; "session": sign in first; "final": this file is refused.
  function Trouble(kind, message) {
    this.kind = kind;
    this.message = message;
  }

  /* ``seen`` hears the news: ``draw()``, ``say(text, problem)`` and ``ended(failed, done)``. */
  function Sender(url, token, seen) {
    this.url = url;
    this.token = token;
    this.seen = seen;
    this.items = [];
    this.words = new FormData();
    this.piece = FIRST;
    this.most = FIRST;
    this.pause = true;
    this.begun = false;
    this.starts = 0;
    this.tries = 0;
  }

  // --- talking to the server ------------------------------------------------------------------------------

  Sender.prototype.ask = function (query, body, type) {
    var self = this;
    var headers = { 'X-CSRFToken': this.token, Accept: 'application/json' };
    if (type) headers['Content-Type'] = type;
    var stop = new AbortController();
    var limit = setTimeout(function () { stop.abort(); }, STUCK_MS);
    var asked = this.starts;
    return fetch(this.url + query, {
      method: query ? 'POST' : 'GET', credentials: 'same-origin', redirect: 'manual',
      headers: headers, body: body, signal: stop.signal,
    }).catch(function () { throw new Trouble('line'); }).then(function (response) {
      return self.read(response);
    }).catch(function (trouble) {
      // Asked before the person signed in again and went on: the session is a new one, so it is only tried again.
      throw trouble.kind === 'session' && asked !== self.starts ? new Trouble('line') : trouble;
    }).finally(function () { clearTimeout(limit); });
  };

  Sender.prototype.read = function (response) {
    if (response.type === 'opaqueredirect' || response.status === 401) throw new Trouble('session');
    var told = (response.headers.get('Content-Type') || '').indexOf('json') >= 0;
    if (response.ok && told) return response.json().catch(function () { throw new Trouble('line'); });
    if (response.status === 507 || (told && response.status < 500)) {
      return response.json().catch(function () { return {}; }).then(function (answer) {
        throw new Trouble('final', answer.message || '没有接收，请刷新页面后再试。');
      });
    }
    if (response.status === 413) throw new Trouble('large');
    if (response.status === 403) throw new Trouble('token');
    if (response.status === 404) throw new Trouble('final', '这份材料已不在您可以办理的范围内。');
    throw new Trouble('line');
  };

  // A token of another session is refused: take a fresh one; whoever may not write here any more is told so.
  Sender.prototype.renew = function () {
    var self = this;
    return this.ask('').then(function (state) { self.token = state.token; return state; }, function (trouble) {
      throw trouble.kind === 'token' ? new Trouble('final', '您现在不能再往这份材料里添加文件。') : trouble;
    });
  };

  // --- one file -------------------------------------------------------------------------------------------

  Sender.prototype.send = function (item) {
    var self = this;
    var named = new FormData();
    item.state = 'sending';
    return markOf(item.file).catch(function () {
      throw new Trouble('final', '读不到这个文件，可能已被移动或删除，请重新选择。');
    }).then(function (mark) {
      named.append('name', item.file.name);
      named.append('size', item.file.size);
      named.append('mark', mark);
      return self.ask('?step=begin', named);
    }).then(function (answer) {
      item.upload = answer.upload;
      self.most = answer.piece;
      return self.follow(item, answer);
    });
  };

  Sender.prototype.follow = function (item, answer) {
    var self = this;
    item.offset = answer.done ? item.file.size : answer.offset;
    this.tries = 0;
    this.seen.draw();
    if (answer.done) { item.state = 'done'; return null; }
    if (item.state !== 'sending' || this.pause) return null;
    if (item.offset >= item.file.size) { item.state = 'sent'; return null; }
    var began = Date.now();
    var piece = item.file.slice(item.offset, item.offset + Math.min(this.piece, this.most));
    var query = '?step=piece&upload=' + item.upload + '&offset=' + item.offset;
    return this.ask(query, piece, 'application/octet-stream').then(function (next) {
      var took = Date.now() - began;
      if (took < QUICK_MS) self.piece = Math.min(self.piece * 2, self.most);
      else if (took > SLOW_MS) self.piece = Math.max(SMALLEST, self.piece / 2);
      return self.follow(item, next);
    });
  };

  Sender.prototype.finish = function (item) {
    var self = this;
    item.finishing = true;
    var words = new FormData();
    this.words.forEach(function (value, name) { words.append(name, value); });
    return this.ask('?step=finish&upload=' + item.upload, words).then(function (answer) {
      item.finishing = false;
      item.why = answer.message || '';
      if (answer.done) item.state = 'done';
      else { item.state = 'waiting'; item.offset = answer.offset; }
    });
  };

  Sender.prototype.stumble = function (item, trouble) {
    var self = this;
    item.finishing = false;
    if (item.state === 'dropped') return;
    if (!(trouble instanceof Trouble) || trouble.kind === 'final') {
      item.state = 'failed';
      item.why = (trouble instanceof Trouble && trouble.message) || '出现意外，请重试。';
      return;
    }
    item.state = 'waiting';
    if (trouble.kind === 'session') {
      this.pause = true;
      this.seen.say('登录已失效。已传的部分都在，选好的文件也在：请在新窗口登录，回到这里点“继续”。', true);
      return;
    }
    if (trouble.kind === 'token') {
      this.renew().then(function () { self.pump(); }, function (next) { self.stumble(item, next); self.pump(); });
      return;
    }
    this.piece = Math.max(SMALLEST, this.piece / 2);
    this.later();
  };

  // Each failure waits twice as long, a little by chance, so that a whole office does not come back at once.
  Sender.prototype.later = function () {
    var self = this;
    if (this.timer) return;
    var wait = Math.min(LONGEST_WAIT_MS, 1000 * Math.pow(2, this.tries)) * (0.75 + Math.random() / 2);
    this.tries += 1;
    this.seen.say('网络不通，已传的部分都在。' + Math.ceil(wait / 1000) + '秒后自动接着传。', true);
    this.timer = setTimeout(function () { self.timer = null; self.seen.say(''); self.pump(); }, wait);
  };

  // --- the queue ------------------------------------------------------------------------------------------

  Sender.prototype.pump = function () {
    var self = this;
    if (this.pause || this.timer) return this.seen.draw();
    var going = this.items.filter(function (item) { return item.busy; }).length;
    this.items.forEach(function (item) {
      if (item.state !== 'waiting' || item.busy || going >= AT_ONCE) return;
      going += 1;
      self.keep(item, self.send(item));
    });
    // Attached one by one in the order they were added: the first that is not through holds the others back.
    var head = this.items.filter(function (item) { return !/done|failed|dropped/.test(item.state); })[0];
    if (head && head.state === 'sent' && !head.finishing) this.keep(head, this.finish(head));
    if (!head && this.items.length) this.ended();
    this.seen.draw();
  };

  Sender.prototype.keep = function (item, work) {
    var self = this;
    item.busy = true;
    work.catch(function (trouble) { self.stumble(item, trouble); }).then(function () {
      item.busy = false;
      if (item.state === 'sending') item.state = 'waiting';
      self.pump();
    });
  };

  Sender.prototype.ended = function () {
    var count = function (state) {
      return this.items.filter(function (item) { return item.state === state; }).length;
    }.bind(this);
    this.pause = true;
    this.seen.ended(count('failed'), count('done'));
  };

  Sender.prototype.add = function (files) {
    var self = this;
    Array.prototype.forEach.call(files, function (file) {
      var same = self.items.some(function (item) {
        return item.file.name === file.name && item.file.size === file.size
          && item.file.lastModified === file.lastModified && item.state !== 'dropped';
      });
      if (!same) self.items.push({ file: file, state: 'waiting', offset: 0, why: '' });
    });
    if (!this.pause) this.pump();
    this.seen.draw();
  };

  /* Begin, or go on; ``words`` is what the form says of the files. Those that were refused are tried once more. */
  Sender.prototype.start = function (words) {
    this.words = words;
    this.begun = true;
    this.starts += 1;
    this.items.forEach(function (item) { if (item.state === 'failed') { item.state = 'waiting'; item.why = ''; } });
    this.pause = false;
    this.tries = 0;
    this.seen.say('');
    clearTimeout(this.timer);
    this.timer = null;
    this.pump();
  };

  Sender.prototype.hold = function () {
    this.pause = true;
    this.seen.say('已暂停，已传的部分都在。');
    this.seen.draw();
  };

  Sender.prototype.online = function () {
    clearTimeout(this.timer);
    this.timer = null;
    this.tries = 0;
    if (this.pause) return;
    this.seen.say('');
    this.pump();
  };

  Sender.prototype.drop = function (item) {
    var begun = item.upload && item.state !== 'done';
    item.state = 'dropped';
    if (begun) this.ask('?step=drop&upload=' + item.upload, new FormData()).catch(function () { /* it expires by itself */ });
    this.pump();
  };

  return Sender;
})();
