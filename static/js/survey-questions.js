/* How one question of each kind looks on a phone, and what its answer is as characters: the same ones the server
   stores. "0" stands for unanswered in every place. */
window.surveyQuestions = (function () {
  'use strict';

  function zeros(question) { return new Array(question.width + 1).join('0'); }

  function choice(type, name, value, label, checked) {
    var box = document.createElement('label');
    var input = document.createElement('input');
    var words = document.createElement('span');
    box.className = 'choice';
    input.type = type;
    input.name = name;
    input.value = value;
    input.checked = checked;
    words.textContent = label;
    if (type === 'checkbox') words.className = 'tick';
    box.append(input, words);
    return box;
  }

  /* One of several: the levels, or the options of a single choice. */
  function drawOne(question, value, name) {
    return question.choices.map(function (option) {
      return choice('radio', name, option[0], option[1], option[0] === value);
    });
  }

  function drawSeveral(question, value) {
    return question.choices.map(function (option, at) {
      return choice('checkbox', 'item', String(at), option[1], value.charAt(at) === '1');
    });
  }

  function drawRows(question, value) {
    return question.rows.map(function (row, at) {
      var part = document.createElement('fieldset');
      var legend = document.createElement('legend');
      var steps = document.createElement('div');
      part.className = 'matrix-row';
      legend.textContent = row;
      steps.className = 'matrix-steps';
      question.choices.forEach(function (option) {
        steps.append(choice('radio', 'item-' + at, option[0], option[1], option[0] === value.charAt(at)));
      });
      part.append(legend, steps);
      return part;
    });
  }

  function put(value, at, mark) { return value.slice(0, at) + mark + value.slice(at + 1); }

  return {
    /* The controls of a question, showing ``value``. */
    draw: function (question, value) {
      var shown = value || zeros(question);
      if (question.kind === 'multiple') return drawSeveral(question, shown);
      if (question.kind === 'matrix') return drawRows(question, shown);
      return drawOne(question, shown, 'item');
    },
    drawOne: drawOne,
    /* The answer after ``input`` was touched. */
    after: function (question, value, input) {
      var before = value || zeros(question);
      if (question.kind === 'multiple') return put(before, Number(input.value), input.checked ? '1' : '0');
      if (question.kind === 'matrix') return put(before, Number(input.name.slice(5)), input.value);
      return input.value;
    },
    /* Has every part of it been answered? A multiple choice is, once anything is ticked. */
    answered: function (question, value) {
      if (!value) return false;
      if (question.kind === 'matrix') return value.indexOf('0') < 0;
      return /[^0]/.test(value);
    },
    touched: function (value) { return Boolean(value) && /[^0]/.test(value); },
    /* A whole sheet as characters. */
    sheet: function (questions, answers) {
      return questions.map(function (question) { return answers[question.number] || zeros(question); }).join('');
    },
  };
})();
