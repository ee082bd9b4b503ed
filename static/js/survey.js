/* The questionnaire on a phone: one question a screen, sent until it has arrived. The slip's token comes in the
   address behind "#", which no server sees, and is taken out of the address at once. */
(function () {
  'use strict';

  var store = window.surveyStore;
  var root, urls, token, slip, paper;

  function find(name) { return document.querySelector('[data-' + name + ']'); }

  function show(screen) {
    root.querySelectorAll('[data-screen]').forEach(function (part) { part.hidden = part.dataset.screen !== screen; });
    var answering = screen === 'question' || screen === 'words';
    find('foot').hidden = !answering;
    find('progress').hidden = !answering;
  }

  function title(text) {
    find('title').textContent = text;
    document.title = text;
  }

  function post(url, body) {
    var abort = new AbortController();
    var timer = setTimeout(function () { abort.abort(); }, 20000);
    return fetch(url, {
      method: 'POST', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: abort.signal,
      headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    }).then(function (response) {
      if (response.status >= 500 || response.status === 429) throw new Error(response.status);
      return response.json().then(function (answer) { return { status: response.status, answer: answer }; });
    }).finally(function () { clearTimeout(timer); });
  }

  /* Tries until there is an answer, for as long as it takes: pauses of 1, 2, 4 … 30 seconds, shorter when the
     network comes back. */
  function insist(url, body, onTrouble) {
    return new Promise(function (resolve) {
      var pause = 1000;
      function attempt() {
        post(url, body).then(resolve, function () {
          if (onTrouble) onTrouble();
          var timer = setTimeout(again, pause * (0.75 + Math.random() / 2));
          pause = Math.min(pause * 2, 30000);
          window.addEventListener('online', again);
          function again() {
            clearTimeout(timer);
            window.removeEventListener('online', again);
            attempt();
          }
        });
      }
      attempt();
    });
  }

  function payload(mine) {
    return { submission: mine.submission, group: mine.group || '', answers: digits(mine), comment: mine.words };
  }

  function digits(mine) {
    var text = '';
    for (var number = 1; number <= mine.items; number++) text += mine.answers[number] || '0';
    return text;
  }

  // --- answering ---------------------------------------------------------------------------------------------

  function last() { return paper.items.length + 1; }

  function choice(name, value, label, checked) {
    var box = document.createElement('label');
    var input = document.createElement('input');
    var words = document.createElement('span');
    box.className = 'choice';
    input.type = 'radio';
    input.name = name;
    input.value = value;
    input.checked = checked;
    words.textContent = label;
    box.append(input, words);
    return box;
  }

  function ask(aspect, text, name, options, chosen) {
    find('intro').textContent = name === 'group' ? paper.intro : '';
    find('aspect').textContent = aspect;
    find('text').textContent = text;
    find('choices').replaceChildren.apply(find('choices'), options.map(function (option) {
      return choice(name, option[0], option[1], option[0] === chosen);
    }));
    show('question');
    tellNext();
  }

  function tellNext() {
    var chosen = slip.step === 0 ? slip.group !== null : slip.answers[slip.step];
    find('step-next').textContent = slip.step === last() ? '提交' : chosen ? '下一题' : '不答，下一题';
    find('step-back').disabled = slip.step === 0;
  }

  function render() {
    find('place').textContent = paper.village + ' · ' + paper.title;
    find('progress').max = last();
    find('progress').value = slip.step;
    if (slip.step === 0) {
      title('共 ' + paper.items.length + ' 题');
      ask('先问一句', '您是哪一类人员？', 'group', paper.groups.concat([['', '不想说']]), slip.group);
    } else if (slip.step <= paper.items.length) {
      var item = paper.items[slip.step - 1];
      title('第 ' + item[0] + ' 题 / 共 ' + paper.items.length + ' 题');
      ask(item[1], item[2], 'item', paper.levels, slip.answers[item[0]]);
    } else {
      renderWords();
    }
    window.scrollTo(0, 0);
  }

  function renderWords() {
    title('最后一步');
    find('words-label').textContent = paper.open_question;
    document.getElementById('words').value = slip.words;
    var left = paper.items.length - Object.keys(slip.answers).length;
    find('unanswered').hidden = left === 0;
    find('unanswered').textContent = '还有 ' + left + ' 题没有答，也可以直接提交。';
    show('words');
    tellNext();
  }

  function go(step) {
    slip.step = Math.max(0, Math.min(last(), step));
    store.save(token, slip);
    render();
    find('title').focus({ preventScroll: true });
  }

  // --- sending -----------------------------------------------------------------------------------------------

  function send() {
    slip.ready = true;
    store.save(token, slip);
    title('提交');
    find('retry').hidden = true;
    show('sending');
    insist(urls.submit, Object.assign({ token: token }, payload(slip)), function () { find('retry').hidden = false; })
      .then(function (result) {
        if (result.status === 422) return correct(result.answer.message);
        store.forget(token);
        if (result.status === 409) refuse(result.answer.message);
        else arrived();
      });
  }

  function arrived() {
    title('谢谢您');
    show('done');
  }

  function correct(message) {
    slip.ready = false;
    go(last());
    find('invalid').textContent = message;
    find('invalid').hidden = false;
  }

  function refuse(message) {
    title('不能答题');
    find('refused').textContent = message;
    show('refused');
  }

  /* Answers of people who used this phone before and had no network go out quietly. */
  function sendWaiting() {
    store.waiting(token).forEach(function (entry) {
      insist(urls.submit, Object.assign({ token: entry[0] }, payload(entry[1]))).then(function () { store.forget(entry[0]); });
    });
  }

  // --- opening -----------------------------------------------------------------------------------------------

  function open(wanted) {
    token = wanted;
    slip = store.open(token);
    if (slip.ready) return send();
    show('busy');
    insist(urls.load, { token: token }, function () { find('busy').textContent = '网络不稳，正在重试……'; })
      .then(function (result) {
        if (result.status !== 200) {
          store.forget(token);
          return refuse(result.answer.message);
        }
        paper = result.answer;
        slip.items = paper.items.length;
        render();
      });
  }

  function askForCode() {
    title('输入短码');
    show('code');
  }

  function start() {
    root = document.getElementById('survey');
    urls = { load: root.dataset.loadUrl, submit: root.dataset.submitUrl };
    var fresh = location.hash.slice(1);
    if (fresh) history.replaceState(null, '', location.pathname);
    if (fresh || store.current()) open(fresh || store.current());
    else askForCode();
    sendWaiting();
  }

  document.addEventListener('DOMContentLoaded', start);
  window.addEventListener('hashchange', function () { if (location.hash.length > 1) start(); });

  document.addEventListener('change', function (event) {
    if (event.target.name === 'group') slip.group = event.target.value;
    else if (event.target.name === 'item') slip.answers[slip.step] = event.target.value;
    else return;
    store.save(token, slip);
    tellNext();
  });

  document.addEventListener('input', function (event) {
    if (event.target.id !== 'words') return;
    slip.words = event.target.value;
    store.save(token, slip);
  });

  document.addEventListener('click', function (event) {
    if (event.target.closest('[data-step-back]')) go(slip.step - 1);
    else if (event.target.closest('[data-step-next]')) slip.step === last() ? send() : go(slip.step + 1);
  });

  document.addEventListener('submit', function (event) {
    if (!event.target.closest('[data-code-form]')) return;
    event.preventDefault();
    var code = document.getElementById('code').value.replace(/[\s-]/g, '').toUpperCase();
    find('code-error').hidden = code.length === 12;
    find('code-error').textContent = '短码是12位字母和数字，请核对。';
    if (code.length === 12) open(code);
  });
})();
