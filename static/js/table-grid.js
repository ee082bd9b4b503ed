/* The grid of a survey table: typed and pasted like a spreadsheet, checked and computed by the server, kept in the
   form's two hidden fields. Numbers typed in full travel apart from the rows, under a name no draft keeps. */
(function () {
  'use strict';

  var CHECK_MS = 700;
  var MASK = '****';

  function make(tag, className, text) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function Grid(root, form) {
    this.root = root;
    this.form = form;
    this.spec = JSON.parse(document.getElementById('table-grid').textContent);
    this.typed = this.spec.columns.filter(function (column) { return !column.computed; });
    this.body = root.querySelector('tbody');
    this.asked = 0;
    this.drawHead();
    this.load();
  }

  // --- drawing -----------------------------------------------------------------------------------------------

  Grid.prototype.drawHead = function () {
    var head = this.root.querySelector('thead');
    var row = make('tr');
    var self = this;
    row.append(make('th', 'grid-no', '#'));
    this.spec.columns.forEach(function (column) {
      var cell = make('th', column.computed ? 'grid-computed' : '', column.title);
      cell.scope = 'col';
      cell.style.minWidth = Math.max(column.kind === 'date' ? 7.5 : 5, column.width * 0.62) + 'em';
      if (column.needed) cell.append(make('span', 'asteriskField', '*'));
      if (column.help || column.computed) cell.append(make('small', 'grid-help', column.computed ? '自动计算' : column.help));
      row.append(cell);
      if (column.choices.length) self.root.append(self.choices(column));
    });
    row.append(make('th'));
    head.append(row);
  };

  Grid.prototype.choices = function (column) {
    var list = make('datalist');
    list.id = 'choices-' + column.name;
    column.choices.forEach(function (choice) {
      var option = make('option');
      option.value = choice;
      list.append(option);
    });
    return list;
  };

  Grid.prototype.addRow = function (cells, before) {
    var row = make('tr');
    var self = this;
    row.dataset.id = cells.id || '';
    row.append(make('th', 'grid-no'));
    this.spec.columns.forEach(function (column) {
      var cell = make('td', column.computed ? 'grid-computed' : '');
      cell.dataset.label = column.title;
      cell.dataset.column = column.name;
      if (column.computed) cell.append(make('output'));
      else cell.append(self.input(column, cells[column.name] || ''));
      cell.append(make('small', 'grid-fault'));
      row.append(cell);
    });
    var tools = make('td', 'grid-tools');
    var remove = make('button', 'btn btn-sm btn-link', '删行');
    remove.type = 'button';
    remove.addEventListener('click', function () { self.remove(row); });
    tools.append(remove);
    row.append(tools);
    this.body.insertBefore(row, before || null);
    return row;
  };

  Grid.prototype.input = function (column, value) {
    var input = make('input', 'form-control form-control-sm');
    input.type = 'text';
    input.value = value;
    input.autocomplete = 'off';
    if (column.choices.length) input.setAttribute('list', 'choices-' + column.name);
    if (column.kind === 'money' || column.kind === 'number') {
      input.inputMode = 'decimal';
      input.classList.add('grid-number');
    }
    return input;
  };

  Grid.prototype.number = function () {
    var self = this;
    Array.prototype.forEach.call(this.body.rows, function (row, at) {
      row.cells[0].textContent = at + 1;
      self.inputs(row).forEach(function (input) {
        input.setAttribute('aria-label', '第' + (at + 1) + '行' + input.parentNode.dataset.label);
      });
      row.querySelector('.grid-tools button').setAttribute('aria-label', '删除第' + (at + 1) + '行');
    });
    this.root.querySelector('[data-grid-add]').disabled = this.body.rows.length >= this.spec.most;
  };

  // --- rows and the form -------------------------------------------------------------------------------------

  Grid.prototype.inputs = function (row) { return Array.prototype.slice.call(row.querySelectorAll('input')); };

  Grid.prototype.load = function () {
    var rows = JSON.parse(this.form.elements.rows.value || '[]');
    var whole = JSON.parse(this.form.elements.sealed_rows.value || '{}');
    var self = this;
    this.body.textContent = '';
    rows.forEach(function (cells, at) { self.addRow(Object.assign({}, cells, whole[at])); });
    while (this.body.rows.length < 2) this.addRow({});
    this.number();
    this.check();
    document.dispatchEvent(new Event('grid-drawn'));
  };

  Grid.prototype.read = function () {
    var self = this;
    var whole = {};
    var rows = Array.prototype.map.call(this.body.rows, function (row, at) {
      var cells = { id: row.dataset.id };
      self.inputs(row).forEach(function (input, place) {
        var column = self.typed[place];
        var value = input.value.trim();
        cells[column.name] = value;
        if (!column.secret || value.length <= 4 || value.indexOf(MASK) === 0) return;
        cells[column.name] = MASK + value.replace(/[\s-]/g, '').slice(-4).toUpperCase();
        whole[at] = whole[at] || {};
        whole[at][column.name] = value;
      });
      return cells;
    });
    while (rows.length && this.isBlank(rows[rows.length - 1])) rows.pop();
    return { rows: rows, whole: whole };
  };

  Grid.prototype.isBlank = function (cells) {
    return this.typed.every(function (column) { return !cells[column.name]; });
  };

  /* Whatever changed: into the form, which keeps drafts of it, and to the server to be looked at. */
  Grid.prototype.changed = function () {
    var read = this.read();
    var self = this;
    this.form.elements.rows.value = JSON.stringify(read.rows);
    this.form.elements.sealed_rows.value = Object.keys(read.whole).length ? JSON.stringify(read.whole) : '';
    this.form.elements.rows.dispatchEvent(new Event('input', { bubbles: true }));
    clearTimeout(this.timer);
    this.timer = setTimeout(function () { self.check(); }, CHECK_MS);
  };

  Grid.prototype.remove = function (row) {
    var self = this;
    var next = row.nextSibling;
    var said = this.root.querySelector('[data-grid-said]');
    var undo = make('button', 'btn btn-sm btn-outline-secondary', '撤销');
    undo.type = 'button';
    said.textContent = '已删除第' + row.cells[0].textContent + '行。';
    undo.addEventListener('click', function () {
      self.body.insertBefore(row, next && next.parentNode ? next : null);
      said.textContent = '';
      self.number();
      self.changed();
    });
    said.append(undo);
    row.remove();
    if (!this.body.rows.length) this.addRow({});
    this.number();
    this.changed();
  };

  // --- what the server says ----------------------------------------------------------------------------------

  Grid.prototype.check = function () {
    var read = this.read();
    var body = new FormData();
    var self = this;
    var asked = (this.asked += 1);
    body.append('csrfmiddlewaretoken', this.form.elements.csrfmiddlewaretoken.value);
    body.append('rows', JSON.stringify(read.rows));
    body.append('sealed_rows', JSON.stringify(read.whole));
    body.append('happened_at', this.form.elements.happened_at.value);
    fetch(this.spec.check, { method: 'POST', body: body, credentials: 'same-origin' }).then(function (response) {
      if (!response.ok || response.redirected) throw new Error(response.status);
      return response.json();
    }).then(function (answer) {
      if (asked === self.asked) self.show(answer);
    }).catch(function () {
      // Figures are a help; what is typed is kept by the form and checked again when it is saved.
      self.root.querySelector('[data-grid-state]').textContent = '暂时不能计算，恢复网络后自动计算；填写的内容不受影响。';
    });
  };

  Grid.prototype.cell = function (at, name) {
    var row = this.body.rows[at];
    return row && Array.prototype.find.call(row.cells, function (cell) { return cell.dataset.column === name; });
  };

  Grid.prototype.show = function (answer) {
    var self = this;
    var faults = 0;
    this.body.querySelectorAll('.grid-fault').forEach(function (note) { note.textContent = ''; });
    this.body.querySelectorAll('[aria-invalid]').forEach(function (input) { input.removeAttribute('aria-invalid'); });
    this.body.querySelectorAll('.grid-hint').forEach(function (cell) { cell.classList.remove('grid-hint'); });
    this.body.querySelectorAll('output').forEach(function (output) { output.textContent = ''; output.title = ''; });
    answer.faults.forEach(function (fault) {
      var cell = self.cell(fault[0], fault[1]);
      faults += 1;
      if (!cell) return;
      cell.querySelector('input').setAttribute('aria-invalid', 'true');
      cell.querySelector('.grid-fault').textContent = fault[2];
    });
    answer.figures.forEach(function (figure) {
      var output = self.cell(figure[0], figure[1]).querySelector('output');
      output.textContent = figure[2];
      output.title = figure[3];
    });
    this.showHints(answer.hints);
    this.showSums(answer.sums);
    this.root.querySelector('[data-grid-state]').textContent = faults ? faults + '处没有填对，改好才能保存。' : '';
  };

  Grid.prototype.showHints = function (hints) {
    var list = this.root.querySelector('[data-grid-hints]');
    var self = this;
    var kind = '';
    list.textContent = '';
    hints.forEach(function (hint) {
      var item = make('li');
      if (hint[4] !== kind) list.append(make('li', 'hint-kind', hint[4] + ' ' + hint[5] + '处'));
      kind = hint[4];
      var text = make('span');
      var go = make('button', 'btn btn-sm btn-link', '第' + (hint[0] + 1) + '行');
      var cell = self.cell(hint[0], hint[1]);
      go.type = 'button';
      go.addEventListener('click', function () { (cell.querySelector('input') || self.inputs(cell.parentNode)[0]).focus(); });
      if (cell) cell.classList.add('grid-hint');
      text.append(go, make('b', '', hint[2]), ' ', make('span', 'muted', hint[3]));
      item.append(text);
      list.append(item);
    });
    this.root.querySelector('[data-grid-hinted]').hidden = !hints.length;
  };

  Grid.prototype.showSums = function (sums) {
    var foot = this.root.querySelector('tfoot');
    var row = make('tr');
    foot.textContent = '';
    row.append(make('th', 'grid-no', '合计'));
    this.spec.columns.forEach(function (column) {
      var cell = make('td', 'grid-number', sums[column.name] || '');
      if (sums[column.name]) cell.dataset.label = column.title;
      row.append(cell);
    });
    row.append(make('td'));
    foot.append(row);
  };

  // --- keys and paste ----------------------------------------------------------------------------------------

  Grid.prototype.place = function (input) {
    var row = input.closest('tr');
    return { row: row.rowIndex - 1, column: this.inputs(row).indexOf(input) };
  };

  Grid.prototype.go = function (row, column) {
    if (row < 0 || column < 0 || column >= this.typed.length) return;
    if (row >= this.body.rows.length) {
      if (row >= this.spec.most) return;
      this.addRow({});
      this.number();
    }
    var input = this.inputs(this.body.rows[row])[column];
    input.focus();
    input.select();
  };

  Grid.prototype.onKey = function (event) {
    var input = event.target;
    if (input.tagName !== 'INPUT' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    var at = this.place(input);
    var atStart = input.selectionStart === 0 && input.selectionEnd === input.value.length || input.selectionEnd === 0;
    var atEnd = input.selectionEnd === input.value.length;
    var list = input.hasAttribute('list');
    var moves = {
      Enter: [event.shiftKey ? -1 : 1, 0],
      ArrowDown: list ? null : [1, 0],
      ArrowUp: list ? null : [-1, 0],
      ArrowLeft: atStart ? [0, -1] : null,
      ArrowRight: atEnd ? [0, 1] : null,
    };
    var move = moves[event.key];
    if (!move || (event.shiftKey && event.key !== 'Enter')) return;
    event.preventDefault();
    this.go(at.row + move[0], at.column + move[1]);
  };

  Grid.prototype.onPaste = function (event) {
    var text = (event.clipboardData || window.clipboardData).getData('text');
    if (event.target.tagName !== 'INPUT' || !/[\t\n]/.test(text.replace(/\r?\n$/, ''))) return;
    event.preventDefault();
    var at = this.place(event.target);
    // Counted over all columns: a block copied from the form holds the computed ones as well.
    var first = this.spec.columns.indexOf(this.typed[at.column]);
    var self = this;
    var left = 0;
    window.pastedBlock(text).forEach(function (cells, down) {
      if (at.row + down >= self.spec.most) { left += 1; return; }
      var row = self.body.rows[at.row + down] || self.addRow({});
      cells.forEach(function (value, along) {
        var column = self.spec.columns[first + along];
        if (column && !column.computed) self.cell(at.row + down, column.name).querySelector('input').value = value.trim();
      });
    });
    this.root.querySelector('[data-grid-said]').textContent = left ? '一张表最多' + this.spec.most + '行，有' + left + '行没有粘贴，请另开一张表。' : '';
    this.number();
    this.changed();
  };

  document.addEventListener('DOMContentLoaded', function () {
    var root = document.querySelector('[data-table-grid]');
    if (!root) return;
    var form = root.closest('form');
    var grid = new Grid(root, form);
    root.addEventListener('keydown', function (event) { grid.onKey(event); });
    root.addEventListener('paste', function (event) { grid.onPaste(event); });
    root.addEventListener('input', function () { grid.changed(); });
    root.querySelector('[data-grid-add]').addEventListener('click', function () {
      grid.go(grid.body.rows.length, 0);
      grid.changed();
    });
    form.elements.happened_at.addEventListener('change', function () { grid.check(); });
    form.addEventListener('draft-restored', function () {
      grid.load();
      if (form.elements.rows.value.indexOf(MASK) < 0) return;
      root.querySelector('[data-grid-said]').textContent = '草稿里的账号、证件号只留了后四位；要与别的行比对，请把全号再填一次。';
    });
    window.addEventListener('online', function () { grid.check(); });
  });
})();
