/* The Gantt of a draft: drag a village to a day or to another team, or move it by keys; the server lays out and answers. */
(function () {
  'use strict';

  var KEYS = { ArrowLeft: 'back', ArrowRight: 'forth', ArrowUp: 'up', ArrowDown: 'down', '[': 'earlier', ']': 'later', u: 'unpin', U: 'unpin' };
  var SLACK = 5; // pixels: less is a click
  var drag = null;
  var sent = false;

  function token() {
    var bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (byte) { return ('0' + byte.toString(16)).slice(-2); }).join('');
  }

  function send(bar, action, values) {
    var board = document.getElementById('plan-board');
    if (sent) return;
    sent = true;
    board.setAttribute('aria-busy', 'true');
    var scroll = board.querySelector('.gantt-scroll');
    var left = scroll ? scroll.scrollLeft : 0;
    values = Object.assign({ revision: board.dataset.revision, on: 'board', _key: token() }, values);
    htmx.ajax('POST', bar.dataset.url + action + '/', {
      source: board, target: '#plan-board', swap: 'outerHTML', values: values
    }).then(function () { settle(bar.id, left); }, function () { settle(bar.id, left); });
  }

  function settle(id, left) {
    sent = false;
    var board = document.getElementById('plan-board');
    if (!board) return;
    board.removeAttribute('aria-busy');
    var scroll = board.querySelector('.gantt-scroll');
    if (scroll) scroll.scrollLeft = left;
    var bar = document.getElementById(id);
    if (bar) bar.focus({ preventScroll: true });
  }

  function dayAt(chart, x) {
    var days = JSON.parse(chart.dataset.days);
    for (var i = 0; i < days.length; i++) {
      if (x < days[i][1] + days[i][2]) return days[i];
    }
    return days[days.length - 1];
  }

  function rowAt(chart, y) {
    var rows = chart.querySelectorAll('.gantt-row');
    for (var i = 0; i < rows.length; i++) {
      var box = rows[i].getBoundingClientRect();
      if (y >= box.top && y < box.bottom) return rows[i];
    }
    return null;
  }

  function aim(event) {
    var box = drag.chart.getBoundingClientRect();
    var day = dayAt(drag.chart, event.clientX - box.left - drag.grip);
    var row = rowAt(drag.chart, event.clientY) || drag.row;
    if (drag.over !== row) {
      if (drag.over) drag.over.classList.remove('over');
      row.classList.add('over');
      drag.over = row;
    }
    return { day: day, row: row };
  }

  function move(event) {
    var dx = event.clientX - drag.x;
    var dy = event.clientY - drag.y;
    if (!drag.moved && Math.abs(dx) + Math.abs(dy) < SLACK) return;
    // Drawn last is drawn on top.
    if (!drag.moved) drag.chart.appendChild(drag.bar);
    drag.moved = true;
    drag.bar.classList.add('dragging');
    drag.bar.setAttribute('transform', 'translate(' + dx + ' ' + dy + ')');
    var target = aim(event);
    var parts = target.day[0].split('-');
    drag.hint.textContent = target.row.dataset.name + ' ' + Number(parts[1]) + '月' + Number(parts[2]) + '日';
    drag.hint.setAttribute('x', target.day[1] + 4);
    drag.hint.setAttribute('y', 20);
  }

  function drop(event) {
    document.removeEventListener('pointermove', move);
    document.removeEventListener('pointerup', drop);
    document.removeEventListener('pointercancel', cancel);
    var was = drag;
    var target = was.moved ? aim(event) : null;
    clear();
    if (!target) return;
    var changed = target.day[0] !== was.bar.dataset.entry || target.row.dataset.team !== was.bar.dataset.team;
    if (changed) send(was.bar, 'place', { team: target.row.dataset.team, day: target.day[0] });
  }

  function cancel() {
    document.removeEventListener('pointermove', move);
    document.removeEventListener('pointerup', drop);
    document.removeEventListener('pointercancel', cancel);
    if (drag) clear();
  }

  function clear() {
    drag.bar.classList.remove('dragging');
    drag.bar.removeAttribute('transform');
    drag.hint.remove();
    if (drag.over) drag.over.classList.remove('over');
    // The click that follows a drag must not open the village.
    if (drag.moved) drag.bar.dataset.dragged = 'yes';
    drag = null;
  }

  document.addEventListener('pointerdown', function (event) {
    var bar = event.target.closest && event.target.closest('[data-gantt] [data-stop]');
    if (!bar || event.button !== 0 || event.pointerType === 'touch') return;
    event.preventDefault();
    bar.focus({ preventScroll: true });
    var chart = bar.closest('[data-gantt]');
    var hint = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    hint.setAttribute('class', 'drop-hint');
    chart.appendChild(hint);
    var grip = event.clientX - bar.querySelector('rect').getBoundingClientRect().left;
    drag = { bar: bar, chart: chart, hint: hint, grip: grip - 1, x: event.clientX, y: event.clientY, moved: false, over: null, row: rowAt(chart, event.clientY) };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', drop);
    document.addEventListener('pointercancel', cancel);
  });

  document.addEventListener('dragstart', function (event) {
    if (event.target.closest && event.target.closest('[data-stop]')) event.preventDefault();
  });

  document.addEventListener('click', function (event) {
    var bar = event.target.closest && event.target.closest('[data-stop]');
    if (!bar || !bar.dataset.dragged) return;
    delete bar.dataset.dragged;
    event.preventDefault();
  });

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && drag) return cancel();
    var bar = event.target.closest && event.target.closest('[data-gantt] [data-stop]');
    var action = KEYS[event.key];
    if (!bar || !action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    send(bar, action, {});
  }, true);
})();
