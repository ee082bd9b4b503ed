/* The keyboard grid for paper sheets: digits and letters fill cell after cell, Enter goes on to the next sheet. */
(function () {
  'use strict';

  var Sheet = window.entrySheet;
  var typing, keep, kept, sheet, parts, choosingGroup, warned;

  function find(name) { return document.querySelector('[data-entry-' + name + ']'); }

  function make(tag, className, text) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function all() { return Object.assign({}, kept, keep.pending()); }

  function numbers() {
    var sheets = all();
    return Object.keys(sheets).filter(function (number) { return sheets[number]; })
      .sort(function (a, b) { return a.length - b.length || (a < b ? -1 : 1); });
  }

  function nextNumber() {
    var highest = numbers().reduce(function (most, number) { return /^\d+$/.test(number) ? Math.max(most, Number(number)) : most; }, 0);
    return String(highest + 1);
  }

  function say(text) { find('message').textContent = text; }

  // --- drawing -----------------------------------------------------------------------------------------------

  function drawCells() {
    var box = find('sheet');
    var aspect = null;
    var line = null;
    box.textContent = '';
    parts = sheet.cells.map(function (cell, at) {
      if (cell.question.aspect !== aspect) {
        aspect = cell.question.aspect;
        var row = make('div', 'entry-aspect');
        row.append(make('span', 'entry-aspect-name', aspect));
        line = make('div', 'entry-cells');
        row.append(line);
        box.append(row);
      }
      var part = make('div', 'entry-cell' + (cell.width > 1 ? ' wide' : ''));
      part.append(make('small', '', cell.question.number + (cell.label ? '·' + (cell.at - cell.question.start + 1) : '')), make('b'));
      part.addEventListener('click', function () { sheet.cursor = at; draw(); });
      line.append(part);
      return part;
    });
    box.append(make('p', 'entry-asked'));
  }

  function draw() {
    parts.forEach(function (part, at) {
      part.lastChild.textContent = sheet.shown(sheet.cells[at]) || (at < sheet.reached && at !== sheet.cursor ? '空' : '');
      part.classList.toggle('current', at === sheet.cursor);
      part.classList.toggle('blank', part.lastChild.textContent === '空');
    });
    var cell = sheet.cell();
    document.querySelector('.entry-asked').textContent = cell
      ? '第' + cell.question.number + '题 ' + cell.question.text + (cell.label ? '：' + cell.label : '') + '　'
        + cell.question.choices.map(function (choice) { return choice.join(' '); }).join('　')
      : '录完了，按回车存这一份。';
    find('number').value = sheet.number;
    find('group').value = sheet.group;
    drawWords();
  }

  function drawWords() {
    var box = find('words');
    box.querySelectorAll('input').forEach(function (input) { input.value = sheet.words[input.dataset.words] || ''; });
  }

  function makeWords() {
    var asked = typing.questions.filter(function (question) { return question.kind === 'text'; })
      .map(function (question) { return [String(question.number), '第' + question.number + '题 ' + question.text]; });
    if (typing.closing) asked.push(['0', typing.closing]);
    asked.forEach(function (pair) {
      var label = make('label', 'entry-word', pair[1]);
      var input = make('input', 'form-control');
      input.maxLength = 500;
      input.dataset.words = pair[0];
      input.addEventListener('input', function () {
        if (input.value.trim()) sheet.words[pair[0]] = input.value;
        else delete sheet.words[pair[0]];
      });
      label.append(input);
      find('words').append(label);
    });
    find('words').hidden = !asked.length;
  }

  function drawTyped() {
    var list = find('typed');
    list.textContent = '';
    numbers().forEach(function (number) {
      var item = make('li');
      var button = make('button', 'btn btn-sm btn-outline-secondary', number);
      button.type = 'button';
      button.setAttribute('aria-label', '修改份号' + number);
      button.addEventListener('click', function () { open(number); });
      item.append(button);
      list.append(item);
    });
    find('count').textContent = numbers().length;
  }

  // --- sheets ------------------------------------------------------------------------------------------------

  function begin(group) {
    sheet = new Sheet(typing, nextNumber(), group);
    warned = choosingGroup = false;
    drawCells();
    draw();
    find('sheet').focus();
  }

  function open(number) {
    sheet = new Sheet(typing, number, '');
    sheet.load(all()[number]);
    warned = choosingGroup = false;
    drawCells();
    draw();
    say('正在修改份号' + number + '，改好按回车。');
    find('sheet').focus();
  }

  function finish() {
    if (sheet.isBlank()) return say('整份没有作答，按无效卷计，不录入。');
    if (!sheet.number) return say('请填份号。');
    if (!sheet.known && all()[sheet.number]) return say('份号' + sheet.number + '已经录过。按 * 改份号，或在下面点它修改。');
    if (sheet.left() > 0 && !warned) {
      warned = true;
      return say('还有' + sheet.left() + '格没有录，再按一次回车按未答存下。');
    }
    var words = {};
    Object.keys(sheet.words).forEach(function (number) { words[number] = sheet.words[number].trim(); });
    keep.add(sheet.number, [sheet.group, sheet.answers, words]);
    say('');
    drawTyped();
    begin(sheet.group);
  }

  // --- keys --------------------------------------------------------------------------------------------------

  function chooseGroup(sign) {
    var chosen = sign === '0' ? ['', '未填'] : typing.groups[Number(sign) - 1];
    choosingGroup = false;
    if (chosen) sheet.group = chosen[0];
    say(chosen ? '人员类别：' + chosen[1] : '没有这一类。');
    draw();
  }

  function askGroup() {
    choosingGroup = true;
    say('按数字选人员类别：' + typing.groups.map(function (group, at) { return (at + 1) + ' ' + group[1]; }).join('　') + '　0 未填');
  }

  var COMMANDS = {
    'Enter': finish,
    'Backspace': function () { sheet.back(); draw(); },
    '-': function () { sheet.back(); draw(); },
    'ArrowLeft': function () { sheet.move(-1); draw(); },
    'ArrowRight': function () { sheet.move(1); draw(); },
    '/': askGroup,
    '*': function () { find('number').focus(); find('number').select(); },
    '+': function () { var first = find('words').querySelector('input'); if (first) first.focus(); },
  };

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    // While sheets are typed the page's own keys ("/" for the search box) are out of force.
    event.stopPropagation();
    var key = event.key === '／' ? '/' : event.key;
    if (choosingGroup && /^[0-9]$/.test(key)) {
      event.preventDefault();
      return chooseGroup(key);
    }
    if (COMMANDS[key]) {
      event.preventDefault();
      if (key !== 'Enter') warned = false;
      return COMMANDS[key]();
    }
    if (key.length !== 1) return;
    event.preventDefault();
    choosingGroup = warned = false;
    say(sheet.type(key.toUpperCase()));
    draw();
  }

  /* In the fields beside the cells Enter leads back to them, or on to the next sheet from the last words. */
  function onFieldKey(event) {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    if (event.target.dataset.words !== undefined) finish();
    else find('sheet').focus();
  }

  function leave(event) {
    event.preventDefault();
    var target = event.currentTarget.href;
    keep.send().then(function (done) { if (done) location.href = target; });
  }

  document.addEventListener('DOMContentLoaded', function () {
    var root = document.querySelector('[data-entry]');
    if (!root) return;
    typing = JSON.parse(document.getElementById('typing').textContent);
    kept = typing.kept;
    keep = new window.entryKeep(root.dataset.keepUrl, root.querySelector('[name=csrfmiddlewaretoken]').value,
      typing.batch + ':' + typing.part, function (text, problem) {
        find('state').textContent = text;
        find('state').classList.toggle('text-danger', Boolean(problem));
        if (problem) say(text);
      });
    var arrived = keep.arrived;
    keep.arrived = function () {
      Object.assign(kept, keep.bundle.content);
      return arrived.call(keep);
    };
    makeWords();
    begin('');
    drawTyped();
    find('sheet').addEventListener('keydown', onKey);
    root.querySelectorAll('input, select').forEach(function (field) { field.addEventListener('keydown', onFieldKey); });
    find('number').addEventListener('change', function () { sheet.number = find('number').value.trim().toUpperCase().replace(/^0+(?=.)/, ''); });
    find('group').addEventListener('change', function () { sheet.group = find('group').value; });
    find('done').addEventListener('click', leave);
    window.addEventListener('online', function () { keep.send(); });
    document.addEventListener('visibilitychange', function () { if (document.hidden) keep.send(); });
    keep.send();
  });
})();
