/* Draws <div class="chart" data-chart="id"> from <script type="application/json" id="id"> or data-chart-src. */
(function () {
  'use strict';

  var COLOURS = ['#9b2830', '#2f66a8', '#2a7a4d', '#b4771b', '#6b5b95', '#5c6770', '#c8737a', '#7fa6d1'];
  var drawn = [];

  function defaults(option, title) {
    // Patterns tell apart what colour alone would; a single series has nothing to be told apart from.
    var mixed = [].concat(option.series || []).length > 1;
    var still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    return Object.assign({
      color: COLOURS,
      animation: !still,
      animationDuration: 300,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    }, option, {
      legend: option.legend && Object.assign({ top: 0, right: 0 }, option.legend),
      // HTML tooltips write inline styles, which the page's policy forbids.
      tooltip: Object.assign({ trigger: 'item' }, option.tooltip, { renderMode: 'richText', confine: true }),
      aria: { enabled: true, label: { description: title || undefined }, decal: { show: mixed } },
    });
  }

  function draw(box, option) {
    var chart = window.echarts.init(box, null, { renderer: 'svg', locale: 'ZH' });
    chart.setOption(defaults(option, box.dataset.title));
    box.setAttribute('role', 'img');
    if (box.dataset.title) box.setAttribute('aria-label', box.dataset.title);
    chart.on('click', function (point) {
      // Every point may carry the address of the rows behind it.
      if (point.data && point.data.url) location.href = point.data.url;
    });
    drawn.push(chart);
  }

  function prepare(box) {
    if (box.dataset.drawn) return;
    box.dataset.drawn = 'yes';
    if (box.dataset.chartSrc) {
      fetch(box.dataset.chartSrc, { credentials: 'same-origin' })
        .then(function (response) { if (!response.ok) throw new Error(response.status); return response.json(); })
        .then(function (option) { draw(box, option); })
        .catch(function () { box.textContent = '图没有取到，请刷新页面再试。'; });
      return;
    }
    draw(box, JSON.parse(document.getElementById(box.dataset.chart).textContent));
  }

  function prepareAll(root) {
    root.querySelectorAll('[data-chart], [data-chart-src]').forEach(prepare);
  }

  function resize() {
    drawn.forEach(function (chart) { chart.resize(); });
  }

  document.addEventListener('DOMContentLoaded', function () { prepareAll(document); });
  document.addEventListener('htmx:afterSwap', function (event) { prepareAll(event.target); });
  window.addEventListener('resize', resize);
  window.addEventListener('beforeprint', resize);
})();
