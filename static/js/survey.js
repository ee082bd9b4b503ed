/* The questionnaire on a phone: one question a screen, sent until it has arrived. The slip's token comes in the
   address behind "#", which no server sees, and is taken out of the address at once. */
(function () {
  'use strict';

  var store = window.surveyStore;
  var kinds = window.surveyQuestions;
  var root, urls, token, slip, paper;

  function find(name) { return document.querySelector('[data-' + name + ']'); }

  function show(screen) {
    root.querySelectorAll('[data-screen]').forEach(function (part) { part.hidden = part.dataset.screen !== screen; });
    var answering = screen === 'question' || screen === 'words' || screen === 'review';
    find('foot').hidden = !answering;
    find('progress').hidden = !answering;
    if (!answering) find('last').hidden = find('needed').hidden = true;
  }

  function title(text) {
    find('title').textContent = text;
    if (!root.dataset.preview) document.title = text;
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
        post(url, body).then(resolve, function (error) {
          if (onTrouble) onTrouble(error);
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

  // --- answering ---------------------------------------------------------------------------------------------

  function rated() { return paper.rating ? paper.rating.subjects : []; }

  function last() { return paper.questions.length + rated().length + 1; }

  /* The person rated at ``place``, from 1, asked about like a question. */
  function person(place) {
    var who = rated()[place - 1];
    return {
      number: place, kind: 'mark', width: 1, aspect: '民主测评', hint: '', choices: paper.rating.marks,
      text: '您对' + who[0] + (who[1] ? '（' + who[1] + '）' : '') + '的评价是？',
    };
  }

  /* The question of this step; the closing one, which is written in words, or nothing on the first and the last. */
  function asked() {
    if (slip.step > 0 && slip.step < last()) {
      return paper.questions[slip.step - 1] || person(slip.step - paper.questions.length);
    }
    return slip.step === last() && paper.closing ? { number: 0, kind: 'text', text: paper.closing, hint: '' } : null;
  }

  function ask(aspect, text, hint, controls) {
    find('intro').textContent = slip.step === 0 ? paper.intro : '';
    find('aspect').textContent = aspect;
    find('text').textContent = text;
    find('hint').textContent = hint;
    find('hint').hidden = !hint;
    find('choices').replaceChildren.apply(find('choices'), controls);
    show('question');
  }

  function askInWords(question) {
    find('words-label').textContent = question.text;
    find('words-hint').textContent = question.hint;
    find('words-hint').hidden = !question.hint;
    document.getElementById('words').value = slip.words[question.number] || '';
    show('words');
  }

  /* Where its answer is kept: marks stay apart from answers from the start. */
  function kept(question) { return question.kind === 'mark' ? slip.marks : slip.answers; }

  function isAnswered(question) {
    return question.kind === 'text' ? Boolean((slip.words[question.number] || '').trim())
      : kinds.answered(question, kept(question)[question.number]);
  }

  function tellNext() {
    var question = asked();
    var done = slip.step === 0 ? slip.group !== null : !question || isAnswered(question);
    find('step-next').textContent = slip.step === last() ? '提交' : done ? '下一题'
      : question && question.kind === 'mark' ? '弃权，下一题' : '不答，下一题';
    if (question && question.required && !done) find('step-next').textContent = '下一题';
    find('step-back').disabled = slip.step === 0;
  }

  function tellLast() {
    var left = paper.questions.filter(function (each) { return each.kind !== 'text' && !isAnswered(each); }).length;
    find('last').hidden = slip.step !== last();
    find('unanswered').textContent = left ? '还有 ' + left + ' 题没有答，也可以直接提交。' : '都答完了，可以提交。';
  }

  function render() {
    var question = asked();
    find('place').textContent = paper.village + ' · ' + paper.title;
    find('progress').max = last();
    find('progress').value = slip.step;
    find('needed').hidden = true;
    title(slip.step === 0 ? '共 ' + paper.questions.length + ' 题' : slip.step === last() ? '最后一步'
      : question.kind === 'mark' ? '民主测评 ' + question.number + ' / ' + rated().length
        : '第 ' + question.number + ' 题 / 共 ' + paper.questions.length + ' 题');
    if (slip.step === 0) {
      ask('先问一句', '您是哪一类人员？', '', kinds.drawOne({ choices: paper.groups.concat([['', '不想说']]) }, slip.group, 'group'));
    } else if (!question) show('review');
    else if (question.kind === 'text') askInWords(question);
    else ask(question.aspect, question.text, question.hint, kinds.draw(question, kept(question)[question.number]));
    tellLast();
    tellNext();
    window.scrollTo(0, 0);
  }

  function go(step) {
    slip.step = Math.max(0, Math.min(last(), step));
    store.save(token, slip);
    render();
    find('title').focus({ preventScroll: true });
  }

  /* On to the next question, unless this one must be answered first. */
  function next() {
    var question = asked();
    if (question && question.required && !isAnswered(question)) {
      find('needed').hidden = false;
      return;
    }
    if (slip.step === last()) send();
    else go(slip.step + 1);
  }

  /* One mark per person rated, abstentions where nothing was chosen; nothing at all when nobody was rated. */
  function marks() {
    if (!Object.keys(slip.marks).length) return '';
    return rated().map(function (who, at) { return slip.marks[at + 1] || '5'; }).join('');
  }

  /* What is sent, kept with the slip: a later page sends it without knowing the questions. */
  function payload() {
    var words = {};
    Object.keys(slip.words).forEach(function (number) { if (number !== '0') words[number] = slip.words[number]; });
    return {
      submission: slip.submission, group: slip.group || '', answers: kinds.sheet(paper.questions, slip.answers),
      comment: slip.words[0] || '', words: words, marks: marks(),
    };
  }

  // --- sending -----------------------------------------------------------------------------------------------

  function send() {
    if (root.dataset.preview) return arrived();
    if (!slip.ready) {
      slip.payload = payload();
      slip.ready = true;
    }
    store.save(token, slip);
    title('提交');
    find('retry').hidden = true;
    show('sending');
    insist(urls.submit, Object.assign({ token: token }, slip.payload), function () { find('retry').hidden = false; })
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
    if (!paper) {
      // The page was opened again while its answer was under way: it must know the questions to show them.
      store.save(token, slip);
      return open(token);
    }
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
      insist(urls.submit, Object.assign({ token: entry[0] }, entry[1].payload)).then(function () { store.forget(entry[0]); });
    });
  }

  // --- opening -----------------------------------------------------------------------------------------------

  function open(wanted) {
    token = wanted;
    slip = store.open(token);
    if (slip.ready) return send();
    show('busy');
    insist(urls.load, { token: token }, function (error) {
      find('busy').textContent = error.message === '429' ? '试过的无效票据太多，请稍等，会自动再试……' : '网络不稳，正在重试……';
    })
      .then(function (result) {
        if (result.status !== 200) {
          store.forget(token);
          return refuse(result.answer.message);
        }
        paper = result.answer;
        slip.marks = slip.marks || {};
        render();
      });
  }

  function askForCode() {
    title('输入短码');
    show('code');
  }

  /* In the office's preview nothing is asked for, kept or sent. */
  function tryOut() {
    store = { save: function () {}, forget: function () {} };
    slip = { answers: {}, marks: {}, group: null, words: {}, step: 0, submission: '' };
    paper = JSON.parse(document.getElementById(root.dataset.preview).textContent);
    render();
  }

  function start() {
    root = document.getElementById('survey');
    if (root.dataset.preview) return tryOut();
    urls = { load: root.dataset.loadUrl, submit: root.dataset.submitUrl };
    var fresh = location.hash.slice(1);
    if (fresh) history.replaceState(null, '', location.pathname);
    if (fresh || store.current()) open(fresh || store.current());
    else askForCode();
    sendWaiting();
  }

  document.addEventListener('DOMContentLoaded', start);
  window.addEventListener('hashchange', function () { if (location.hash.length > 1 && !root.dataset.preview) start(); });

  document.addEventListener('change', function (event) {
    if (!paper) return;
    var question = asked();
    if (event.target.name === 'group') slip.group = event.target.value;
    else if (question && /^item/.test(event.target.name)) {
      kept(question)[question.number] = kinds.after(question, kept(question)[question.number], event.target);
    } else return;
    store.save(token, slip);
    find('needed').hidden = true;
    tellNext();
  });

  document.addEventListener('input', function (event) {
    if (event.target.id !== 'words') return;
    slip.words[asked().number] = event.target.value;
    store.save(token, slip);
    tellNext();
  });

  document.addEventListener('click', function (event) {
    // The second click of a double tap would pass over a question.
    if (event.detail > 1) return;
    if (event.target.closest('[data-step-back]')) go(slip.step - 1);
    else if (event.target.closest('[data-step-next]')) next();
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
