/* A block of cells as spreadsheets copy it: tabs between cells, line ends between rows, quotes round a cell that holds
   either. Gives rows of texts; a line end inside of a cell becomes a blank. */
window.pastedBlock = function (text) {
  'use strict';

  var rows = [['']];
  var quoted = false;

  function add(sign) {
    var row = rows[rows.length - 1];
    row[row.length - 1] += sign;
  }

  text = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (var at = 0; at < text.length; at += 1) {
    var sign = text[at];
    var row = rows[rows.length - 1];
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') { add('"'); at += 1; }
      else if (sign === '"') quoted = false;
      else add(sign === '\n' ? ' ' : sign);
    } else if (sign === '\t') row.push('');
    else if (sign === '\n') rows.push(['']);
    // A quote opens a cell only where one that is closed again follows; else it is a sign like any other.
    else if (sign === '"' && row[row.length - 1] === '' && /^"(?:[^"]|"")*"(?:[\t\n]|$)/.test(text.slice(at))) quoted = true;
    else add(sign);
  }
  return rows;
};
