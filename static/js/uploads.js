/* A form with data-upload="address" takes many files: dragged, pasted, chosen or photographed, shown one by one with
   their progress. Without this script the form's own file input does the same in one go. Sending: upload-queue.js. */
(function () {
  'use strict';

  var WORDS = { waiting: '等待', sending: '上传中', sent: '核对中', done: '已完成', failed: '未接收' };

  function amount(bytes) {
    if (bytes < 1024 * 1024) return Math.max(bytes ? 1 : 0, Math.round(bytes / 1024)) + ' KB';
    if (bytes < 1024 * 1024 * 1024) return (bytes / 1024 / 1024).toFixed(1) + ' MB';
    return (bytes / 1024 / 1024 / 1024).toFixed(2) + ' GB';
  }

  function Panel(form) {
    this.form = form;
    this.box = form.querySelector('[data-upload-panel]');
    this.input = form.querySelector('input[type=file]:not([data-upload-camera])');
    this.queue = new window.FileQueue(form.dataset.upload, form.querySelector('[name=csrfmiddlewaretoken]').value, this);
    this.box.hidden = false;
    this.input.required = false;
    // The browser's own words beside a file input are in the browser's language; the label around it is in ours.
    this.input.classList.add('visually-hidden');
    this.part('pick').appendChild(this.input);
    this.wire();
    this.recall();
  }

  Panel.prototype.part = function (name) { return this.box.querySelector('[data-upload-' + name + ']'); };

  Panel.prototype.say = function (text, problem) {
    this.part('say').textContent = text;
    this.part('say').classList.toggle('problem', Boolean(problem));
  };

  // Only who sends the form without a file is told so, and no longer once there is one.
  Panel.prototype.missing = function (yes) {
    var told = this.part('drop').classList.contains('problem');
    this.part('drop').classList.toggle('problem', yes);
    if (yes) this.say('请先选择文件。', true);
    else if (told) this.say('');
  };

  Panel.prototype.ended = function (failed, done) {
    if (failed) this.say('有' + failed + '个文件没有接收，原因见下。' + (done ? '其余的已经传好，刷新页面可以看到。' : ''), true);
    else if (done) {
      this.say('全部传完，正在刷新页面…');
      window.location.assign(this.form.dataset.uploadDone);
      window.location.reload();
    } else this.say('');
  };

  // What the form says of the files it adds.
  Panel.prototype.words = function () {
    var words = new FormData(this.form);
    [this.input.name, 'csrfmiddlewaretoken', '_key', 'revision'].forEach(function (name) { words.delete(name); });
    return words;
  };

  Panel.prototype.draw = function () {
    var self = this;
    var queue = this.queue;
    var shown = queue.items.filter(function (item) { return item.state !== 'dropped'; });
    var sum = function (of) { return shown.reduce(function (total, item) { return total + of(item); }, 0); };
    var done = shown.filter(function (item) { return item.state === 'done'; }).length;
    var size = sum(function (item) { return item.file.size; });
    var sent = sum(function (item) { return item.offset; });
    this.part('total').hidden = !shown.length;
    this.part('bar').max = size || 1;
    this.part('bar').value = sent;
    this.part('count').textContent = '已完成 ' + done + '/' + shown.length + ' 个，' + amount(sent) + '/' + amount(size);
    this.part('pause').hidden = !queue.begun || done === shown.length;
    this.part('pause').textContent = queue.pause ? '继续' : '暂停';
    shown.forEach(function (item) { self.line(item); });
  };

  Panel.prototype.line = function (item) {
    var self = this;
    if (!item.row) {
      item.row = document.importNode(this.part('line').content, true).firstElementChild;
      item.row.querySelector('[data-name]').textContent = item.file.name;
      item.row.querySelector('button').setAttribute('aria-label', '放弃' + item.file.name);
      item.row.querySelector('button').addEventListener('click', function () {
        item.row.remove();
        self.queue.drop(item);
      });
      this.part('list').appendChild(item.row);
    }
    var share = Math.floor(item.offset * 100 / (item.file.size || 1));
    var going = item.state === 'sending' ? ' ' + share + '%' : '';
    item.row.querySelector('progress').value = share;
    item.row.querySelector('[data-state]').textContent = item.why || WORDS[item.state] + going + ' · ' + amount(item.file.size);
    item.row.classList.toggle('is-bad', item.state === 'failed');
    item.row.querySelector('button').hidden = item.state === 'done';
  };

  Panel.prototype.recall = function () {
    var notice = document.querySelector('[data-upload-notice]');
    this.queue.ask('').then(function (state) {
      if (!notice || !state.waiting.length) return;
      var names = state.waiting.slice(0, 5).map(function (file) {
        return file.name + '（已传' + Math.floor(file.offset * 100 / file.size) + '%）';
      });
      notice.querySelector('span').textContent = '有' + state.waiting.length + '个文件上次没有传完：' + names.join('、')
        + (state.waiting.length > 5 ? '等' : '') + '。重新选择这些文件，会从断开处接着传。';
      notice.hidden = false;
    }).catch(function () { /* the page says nothing of what it could not ask */ });
  };

  Panel.prototype.wire = function () {
    var self = this;
    var queue = this.queue;
    var dialog = this.form.closest('dialog');
    var open = function () { if (dialog && !dialog.open) dialog.showModal(); };
    this.form.querySelectorAll('input[type=file]').forEach(function (input) { self.take(input); });
    this.form.addEventListener('submit', function (event) {
      // Nothing leaves the page: its buttons stay as they are for the next files.
      event.preventDefault();
      event.stopPropagation();
      if (queue.items.length) queue.start(self.words());
      else self.missing(true);
    });
    // Before a house with a phone in hand: one touch, and the camera is open.
    document.querySelectorAll('[data-upload-shoot]').forEach(function (button) {
      button.hidden = false;
      button.addEventListener('click', function () {
        open();
        self.part('camera').click();
      });
    });
    this.part('pause').addEventListener('click', function () {
      if (queue.pause) queue.start(self.words());
      else queue.hold();
    });
    document.addEventListener('dragover', function (event) {
      if (Array.prototype.indexOf.call(event.dataTransfer.types, 'Files') < 0) return;
      event.preventDefault();
      open();
    });
    document.addEventListener('drop', function (event) {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      queue.add(event.dataTransfer.files);
    });
    document.addEventListener('paste', function (event) {
      var files = Array.prototype.filter.call(event.clipboardData.files, function (file) { return file.size; });
      if (!files.length) return;
      event.preventDefault();
      open();
      queue.add(files.map(named));
    });
    window.addEventListener('online', function () { queue.online(); });
    window.addEventListener('beforeunload', function (event) { if (!queue.pause) event.preventDefault(); });
  };

  Panel.prototype.take = function (input) {
    var self = this;
    input.addEventListener('change', function () {
      if (input.files.length) self.missing(false);
      self.queue.add(input.files);
      input.value = '';
    });
  };

  // A picture from the clipboard has no name of its own: all are called image.png.
  function named(file, number) {
    if (!/^image\.\w+$/.test(file.name)) return file;
    var now = new Date();
    var two = function (value) { return ('0' + value).slice(-2); };
    var stamp = now.getFullYear() + two(now.getMonth() + 1) + two(now.getDate())
      + '-' + two(now.getHours()) + two(now.getMinutes()) + two(now.getSeconds());
    return new File([file], '截图' + stamp + (number ? '-' + (number + 1) : '') + file.name.slice(5), { type: file.type, lastModified: now.getTime() });
  }

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('form[data-upload]').forEach(function (form) { new Panel(form); });
  });
})();
