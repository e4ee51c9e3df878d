import { render } from 'lit-html';
import { textOf } from '../controls/table-content.js';
import { all, browser, count, equal, events, has, only, openPage, partial, root, texts } from '../testing.js';
import { comparisonTable } from './comparison-table.js';
import { open } from './comparison-page.js';

/** @param {number} mean */
const value = (mean) => ({ mean, values: [mean], low: mean, high: mean, n: 1, images: 100, interval: 'wilson' });
const row = (architecture, test, more = {}) =>
  ({ architecture, label: architecture, regime: 'from scratch', settings: {}, phrases: [], runs: test === undefined ? [] : [1], published: {}, test: test && value(test), ...more });
const rows = [row('bagnet17', 0.7, { receptiveField: 17 }), row('resnet50', 0.9), row('bagnet33', undefined, { receptiveField: 33, published: { test: 0.8 } }), row('bagnet9', 0.7, { receptiveField: 9, published: { test: 0.6 } })];
const names = () => all('@comparison-table tbody th').map(({ textContent }) => textContent);

/** @param {string} sort @param {boolean} [published] */
function order(sort, published = true) {
  render(comparisonTable(partial({ rows, dataset: 'd', settings: [] }), published, { pending: [], missing: () => [], further: () => '' }, { sort, order() {} }), root);
  return names();
}

export function rowsWithoutAValueComeLastAndEqualOnesKeepTheirOrder() {
  const first = ['bagnet17', 'resnet50', 'bagnet33', 'bagnet9'];
  equal(order(''), first);
  equal(order('network'), ['bagnet9', 'bagnet17', 'bagnet33', 'resnet50']);
  equal(order('-test'), ['resnet50', 'bagnet17', 'bagnet9', 'bagnet33']);
  equal(order('test'), ['bagnet17', 'bagnet9', 'resnet50', 'bagnet33']);
  equal(order('receptiveField'), ['bagnet9', 'bagnet17', 'bagnet33', 'resnet50']);
  equal(order('-published-test'), ['bagnet33', 'bagnet9', 'bagnet17', 'resnet50']);
  equal(all('@table-sorted').length, 1);
  equal(order('published-test', false), first);
  equal(order('-unknown'), first);
}

/** Letters tell rows apart, in the chart as well, which keeps its order. */
export function letterOfANetworkStaysWithItsRow() {
  const two = [row('bagnet9', 0.5), row('bagnet9', 0.6, { phrases: ['64 px'] })];
  render(comparisonTable(partial({ rows: two, dataset: 'd', settings: [] }), false, { pending: [], missing: () => [], further: () => '' }, { sort: '-test', order() {} }), root);
  equal(names(), ['bagnet9 b', 'bagnet9 a']);
}

export async function aHeadingSortsTheTableByClickAndByKeyAndTheAddressKeepsIt() {
  let asked = 0;
  openPage(open, {
    comparison: async () => { asked++; return { dataset: 'd', datasets: ['d'], settings: [], otherConfigurations: 0, rows, missing: rows.map(() => []), leftOut: [], trialsLeftOut: 0, otherNetworks: [], publishedApplies: true }; },
    jobs: async () => ({ jobs: [] }),
    ...Object.fromEntries(['differences', 'errorAgreement', 'changes', 'digest'].map((name) => [name, () => new Promise(() => {})])),
  }, { live: events() });
  await count('@comparison-table [aria-sort]', 0);
  await browser.click('@sort-test');
  await texts('@comparison-table tbody th', 'resnet50', 'bagnet17', 'bagnet9', 'bagnet33');
  await has('@comparison-table [aria-sort]', 'aria-sort', 'descending');
  equal(new URLSearchParams(location.hash.split('?')[1]).get('sort'), '-test');
  await browser.press('Enter');
  await texts('@comparison-table tbody th', 'bagnet17', 'bagnet9', 'resnet50', 'bagnet33');
  await has('@comparison-table [aria-sort]', 'aria-sort', 'ascending');
  const [, , ...saved] = textOf(/** @type {HTMLTableElement} */ (only('@comparison-table'))).split('\n');
  equal(saved.slice(0, 2).map((line) => line.split('\t')[0]), ['bagnet17', 'bagnet9']);
  await browser.click('@table-sorted button');
  await texts('@comparison-table tbody th', 'bagnet17', 'resnet50', 'bagnet33', 'bagnet9');
  equal([asked, location.hash.includes('sort=')], [1, false]);
  await browser.resize(390, 800);
  await browser.click('@sort-published-test');
  await texts('@comparison-table tbody th', 'bagnet33', 'bagnet9', 'bagnet17', 'resnet50');
}
