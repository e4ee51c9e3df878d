import { html, render } from 'lit-html';
import { comparisonTable } from '../comparison/comparison-table.js';
import { equal, only, partial, root } from '../testing.js';
import { csvOf, latexOf, textOf } from './table-content.js';

const value = (mean, more = {}) => ({ mean, values: [mean], low: mean - 0.05, high: mean + 0.05, n: 5, images: 1200, interval: 'seeds-and-images', ...more });

/** @param {boolean} published */
function drawn(published) {
  const rows = [
    { architecture: 'resnet50', label: 'ResNet-50', settings: { dataset: 'd' }, phrases: ['64 px'], regime: 'from scratch', runs: [1, 2], published: { test: 0.9 }, validation: value(0.8), test: value(0.75), scrambled: value(0.4, { n: 2, low: undefined, high: undefined, values: [0.39, 0.41] }) },
    { architecture: 'bagnet9', label: 'BagNet-9', receptiveField: 9, settings: {}, phrases: [], runs: [], published: { test: 0.84, validation: 0.83 } },
  ];
  render(html`${comparisonTable(partial({ rows, dataset: 'd', settings: [] }), published, { pending: [], missing: () => [], further: () => '' }, { sort: '', order() {} })}`, root);
  return /** @type {HTMLTableElement} */ (only('@comparison-table'));
}

/** @param {string} csv */
const cells = (csv) => csv.trim().split('\n').map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, text]) => text.replace(/^"|"$/g, '')));

export function aCsvHasOneValueInACellAndUnitsInItsHeader() {
  const [head, first, second] = cells(csvOf(drawn(false)));
  equal(head, ['Network', 'Receptive field', 'Configuration', 'Configuration, seeds', 'Configuration, remark',
    ...['Validation', 'Test', 'Scrambled test'].flatMap((set) => [`${set} (%)`, `${set}, low (%)`, `${set}, high (%)`, `${set}, seeds`, ...(set === 'Scrambled test' ? [] : [`${set}, interval over`])])]);
  equal(first.slice(3, 5), ['2', '2 seeds: #1, #2']);
  equal(first.slice(5), ['80.0', '75.0', '85.0', '5', 'seeds and images', '75.0', '70.0', '80.0', '5', 'seeds and images', '40.0', '', '', '2']);
  equal(second.slice(0, 3), ['BagNet-9', '9 px', '']);
  equal(second.slice(3).every((text) => text === ''), true);
}

export function columnsOfSeveralGroupsAreToldApart() {
  const [head, , second] = cells(csvOf(drawn(true)));
  equal(head.filter((name) => name.includes('Test')), ['Published: Test (%)', ...['', ', low', ', high'].map((part) => `Measured here: Test${part} (%)`), 'Measured here: Test, seeds', 'Measured here: Test, interval over']);
  equal(second[head.indexOf('Published: Test (%)')], '84.0');
}

/** Whatever number the page shows in a cell is in the file, and no other. */
export function whatIsSavedIsWhatIsShown() {
  const table = drawn(true);
  const [head, ...rows] = cells(csvOf(table));
  [...table.tBodies[0].rows].forEach((row, i) => {
    for (const shown of row.querySelectorAll('.mean, .range')) {
      const set = shown.closest('td')?.dataset.label?.replace(', measured', '');
      const numbers = [...(shown.textContent ?? '').matchAll(/[\d.]+/g)].map(([number]) => number);
      const parts = shown.matches('.mean') ? [''] : [', low', ', high'];
      equal(parts.map((part) => rows[i][head.indexOf(`Measured here: ${set}${part} (%)`)]), numbers);
    }
  });
}

export function latexHasGroupsOverTheirColumns() {
  const lines = latexOf(drawn(true)).split('\n');
  equal(lines.slice(1, 7), ['\\begin{table}', '\\centering', '\\caption{Accuracy in percent: published by the report, and measured here on d.}', '\\label{tab:comparison}', '\\begin{adjustbox}{max width=\\linewidth}', '\\begin{tabular}{llrrrlrrr}']);
  equal(lines[8].startsWith(' &  & \\multicolumn{3}{c}{Published'), true);
  equal(lines[8].includes('& \\multicolumn{4}{c}{Measured here\\textsuperscript{b}} \\\\'), true);
  equal(lines[9], '\\cmidrule(lr){3-5} \\cmidrule(lr){6-9}');
  equal(lines[12].includes('& 75.0 (70.0--80.0) &'), true);
  equal(lines[13].includes('\\multicolumn{4}{l}{not measured}'), true);
}

/** What the page says above a table is lost without it. */
export function whatAllRowsHaveIsInTheFiles() {
  const row = (architecture, label, runs) => ({ architecture, label, settings: { dataset: 'd' }, phrases: ['64 px', 'width 0.5'], regime: 'from scratch', runs, published: {}, test: value(0.75) });
  const unmeasured = { architecture: 'bagnet33', label: 'BagNet-33', settings: {}, phrases: [], runs: [], published: {} };
  render(html`${comparisonTable(partial({ rows: [row('resnet50', 'ResNet-50', [1, 2]), row('bagnet9', 'BagNet-9', [3]), unmeasured], dataset: 'd', settings: [] }), false, { pending: [], missing: () => [], further: () => '' }, { sort: '', order() {} })}`, root);
  const table = /** @type {HTMLTableElement} */ (only('@comparison-table'));
  const [head, ...rows] = cells(csvOf(table));
  equal(head.at(-1), 'All have');
  equal(rows.map((each) => each.at(-1)), ['from scratch, 64 px, width 0.5', 'from scratch, 64 px, width 0.5', '']);
  equal(rows.map((each) => each[head.indexOf('Seeds')]), ['2', '1', '']);
  equal(latexOf(table).includes('\\caption{Accuracy in percent: measured here on d. All have: from scratch, 64 px, width 0.5.}'), true);
}

/** A paper has sentences of its own. */
export function latexHasTheTableAndRemarksAsNotesBelowItEachOnce() {
  const lines = latexOf(drawn(true)).split('\n');
  equal(lines[12].includes('& from scratch; 64 px; 2 seeds &'), true);
  equal(lines[12].endsWith('& 40.0 (seeds 39.0, 41.0) \\\\'), true);
  equal(lines.slice(-6), ['\\end{tabular}', '\\end{adjustbox}', '\\par\\smallskip', '{\\footnotesize \\textsuperscript{a}~ImageNet-pretrained, 224 px, 15-scene; \\textsuperscript{b}~on d, 95 \\% intervals}', '\\end{table}', '']);
  render(html`<div class="scroll" aria-label="Steps: a < b."><table data-testid="t"><thead><tr><th></th><th>Step</th><th>Curve</th><th class="number">Points<span class="under">above zero if it holds</span></th></tr></thead>
    <tbody><tr><td><input type="checkbox"></td><th scope="row">A<span class="under">9 px</span><span class="under sentence">A is better.</span></th><td><svg><title>a line</title></svg></td><td class="number">+1<span class="under">one run</span><span class="under">best of 3</span></td></tr>
      <tr class="row-more"><td colspan="4"><span class="under">over 5 permutations</span></td></tr>
      <tr><td><input type="checkbox"></td><th scope="row">B</th><td><svg></svg></td><td class="number">≥ 2<span class="under">one run</span></td></tr></tbody></table></div>`, root);
  equal(latexOf(/** @type {HTMLTableElement} */ (only('@t'))).split('\n'), ['% needs \\usepackage{booktabs,adjustbox}', '\\begin{table}', '\\centering', '\\caption{Steps: a $<$ b.}', '\\label{tab:t}', '\\begin{adjustbox}{max width=\\linewidth}', '\\begin{tabular}{lr}', '\\toprule',
    'Step & Points\\textsuperscript{a} \\\\', '\\midrule', 'A (9 px)\\textsuperscript{b} & +1\\textsuperscript{c,d} \\\\', 'B & $\\ge$ 2\\textsuperscript{c} \\\\', '\\bottomrule', '\\end{tabular}', '\\end{adjustbox}', '\\par\\smallskip',
    '{\\footnotesize \\textsuperscript{a}~above zero if it holds; \\textsuperscript{b}~over 5 permutations; \\textsuperscript{c}~one run; \\textsuperscript{d}~best of 3}', '\\end{table}', '']);
}

export function linesOfACellAreSeparate() {
  render(html`<table data-testid="t"><thead><tr><th>Network</th></tr></thead>
    <tbody><tr><td>BagNet-9<span class="under">from scratch</span><span class="under">two seeds</span><span class="under"></span><span class="under" role="status">queued: #3</span></td></tr><tr><td><div>one</div><div>two</div></td></tr></tbody></table>`, root);
  const table = /** @type {HTMLTableElement} */ (only('@t'));
  equal(textOf(table), 'Network\nBagNet-9; from scratch; two seeds\none; two\n');
  equal(csvOf(table).includes('#3'), false);
  equal(latexOf(table).includes('BagNet-9\\textsuperscript{a,b} \\\\'), true);
}

export function numbersArePlainAndUnitsSharedByAColumnAreInTheHeader() {
  render(html`<table data-testid="t"><thead><tr><th>Time</th><th>Change</th><th>Images</th><th>Field</th></tr></thead>
    <tbody><tr><td>12 s</td><td data-unit="points">−3.5</td><td>1,200</td><td>9 px</td></tr><tr><td>7 s</td><td data-unit="points">+0.5</td><td>–</td><td>whole image</td></tr></tbody></table>`, root);
  equal(csvOf(/** @type {HTMLTableElement} */ (only('@t'))), 'Time (s),Change (points),Images,Field\n12,-3.5,1200,9 px\n7,0.5,,whole image\n');
}

/** Notes and tags come from many hands. */
export function textsAreNoFormulasOfSpreadsheets() {
  render(html`<table data-testid="t"><thead><tr><th>Note</th><th>Change</th></tr></thead>
    <tbody><tr><td>=1+1</td><td>+3</td></tr><tr><td>@home</td><td>none</td></tr></tbody></table>`, root);
  equal(csvOf(/** @type {HTMLTableElement} */ (only('@t'))), "Note,Change\n'=1+1,+3\n'@home,none\n");
}
