/* One paper sheet while it is typed: its cells in the order of the paper, where the next key goes, what a key means. */
window.entrySheet = (function () {
  'use strict';

  /* A cell takes one key (a level, an option, a row of a matrix) or several (a multiple choice). */
  function cellsOf(questions) {
    var cells = [];
    questions.forEach(function (question) {
      if (!question.width) return;
      if (question.kind === 'multiple') cells.push({ question: question, at: question.start, width: question.width, label: '' });
      else {
        for (var part = 0; part < question.width; part++) {
          cells.push({ question: question, at: question.start + part, width: 1, label: question.rows[part] || '' });
        }
      }
    });
    return cells;
  }

  function codes(cell) { return cell.question.choices.map(function (choice) { return choice[0]; }).join(''); }

  function put(text, at, mark) { return text.slice(0, at) + mark + text.slice(at + 1); }

  function Sheet(typing, number, group) {
    this.cells = cellsOf(typing.questions);
    this.length = typing.length;
    this.number = number;
    this.group = group;
    this.words = {};
    this.answers = new Array(typing.length + 1).join('0');
    this.cursor = 0;
    this.reached = 0;
    this.known = false;
  }

  Sheet.prototype.load = function (content) {
    this.group = content[0];
    this.answers = content[1];
    this.words = Object.assign({}, content[2]);
    this.reached = this.cells.length;
    this.known = true;
  };

  Sheet.prototype.cell = function () { return this.cells[this.cursor]; };

  Sheet.prototype.move = function (by) {
    this.cursor = Math.max(0, Math.min(this.cells.length, this.cursor + by));
    this.reached = Math.max(this.reached, this.cursor);
  };

  /* What a cell holds, for people: its code, its letters, or nothing. */
  Sheet.prototype.shown = function (cell) {
    var held = this.answers.substr(cell.at, cell.width);
    if (cell.question.kind !== 'multiple') return held === '0' ? '' : held;
    return cell.question.choices.filter(function (choice, at) { return held.charAt(at) === '1'; })
      .map(function (choice) { return choice[0]; }).join('');
  };

  Sheet.prototype.clear = function (cell) {
    for (var at = 0; at < cell.width; at++) this.answers = put(this.answers, cell.at + at, '0');
  };

  /* Takes one sign; returns a sentence when the cell does not take it. */
  Sheet.prototype.type = function (sign) {
    var cell = this.cell();
    if (!cell) return '这一份录完了，按回车存下。';
    if (sign === '0' || sign === ' ' || sign === '.') {
      // A space after the letters of a multiple choice goes on; anywhere else it says "unanswered".
      if (cell.question.kind !== 'multiple' || sign === '0') this.clear(cell);
      this.move(1);
      return '';
    }
    var at = codes(cell).indexOf(sign);
    if (at < 0) {
      var all = codes(cell);
      return '第' + cell.question.number + '题只能按 ' + all.charAt(0) + '—' + all.charAt(all.length - 1) + '，未答按空格。';
    }
    if (cell.question.kind === 'multiple') {
      var place = cell.at + at;
      this.answers = put(this.answers, place, this.answers.charAt(place) === '1' ? '0' : '1');
      this.reached = Math.max(this.reached, this.cursor);
    } else {
      this.answers = put(this.answers, cell.at, sign);
      this.move(1);
    }
    return '';
  };

  Sheet.prototype.back = function () {
    if (!this.cursor) return;
    this.move(-1);
    this.clear(this.cell());
  };

  /* Cells nobody has come to yet. */
  Sheet.prototype.left = function () {
    var last = this.cell();
    var open = last && last.question.kind === 'multiple' && this.shown(last) ? 1 : 0;
    return this.cells.length - Math.max(this.reached, this.cursor + open);
  };

  Sheet.prototype.isBlank = function () { return !/[^0]/.test(this.answers); };

  Sheet.prototype.content = function () { return [this.group, this.answers, this.words]; };

  return Sheet;
})();
