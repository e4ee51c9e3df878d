import { render } from 'lit-html';
import { OCCLUSION } from '../experiment/occlusion.js';
import { mapValues } from '../picture/map-values.js';
import { all, browser, contains, count, equal, has, lacks, only, partial, root, texts, visible } from '../testing.js';
import { curve, runOutputs } from './run-outputs.js';

export async function anyOutputOfAnyExperimentIsShown() {
  const found = (job, output, axes, value) =>
    ({ experiment: 'occlusion', output, metric: 'drop', set: 'test', axes, value, images: 10, job, run: 1 });
  const results = [
    found(3, 'drop', { grid: 8 }, 0.25), found(4, 'drop', { grid: 16 }, 0.5),
    found(3, 'decline', { tiles: 1 }, 0.9), found(3, 'decline', { tiles: 2 }, 0.4),
    { ...found(3, 'later', { depth: 2 }, 7), experiment: 'unheard-of' },
    { ...found(3, 'accuracy', {}, 0.5), experiment: 'train', metric: 'accuracy' },
  ];
  const artifact = (id, kind, name, mediaType, output, facts = {}) =>
    ({ id, kind, name, mediaType, output, facts, job: 3, url: '/favicon.svg' });
  const artifacts = [
    artifact(1, 'matrix', 'pairs.json', 'application/json', 'pairs'),
    artifact(2, 'picture', 'map.png', 'image/png', 'sensitivity', { class: 'Suburb' }),
    artifact(3, 'map', 'map.npy', 'application/octet-stream', 'sensitivity', { picture: 'map.png' }),
  ];
  const run = { id: 3, spec: { kind: 'occlusion' }, results: { test: { accuracy: 0.5 } }, otherImages: [], artifacts };
  const header = `${"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }".padEnd(117)}\n`;
  const file = new Uint8Array(10 + header.length + 8);
  file.set([0x93, ...[...'NUMPY'].map((c) => c.charCodeAt(0)), 1, 0, header.length, 0]);
  file.set([...header].map((c) => c.charCodeAt(0)), 10);
  new DataView(file.buffer).setFloat32(10 + header.length, -1.5, true);
  new DataView(file.buffer).setFloat32(14 + header.length, 2.25, true);
  const api = partial({
    matrix: async () => ({ output: 'pairs', set: 'test', rows: ['a'], columns: ['b', 'c'], values: [[0.5, -2]] }),
    bytes: async () => file.buffer,
  });
  const draw = () => render(outputs.template(partial(run), partial(results), partial([OCCLUSION]), under), root);
  const outputs = runOutputs(api, () => draw());
  const under = mapValues(api, () => draw());
  draw();
  await contains('@output-drop thead', 'Grid (px)');
  await count('@output-drop tbody tr', 2);
  await contains('@output-drop tbody tr:last-child', '50.0 %');
  await contains('@output-drop tbody tr:last-child a', '#4');
  await visible('@output-drop tbody tr:last-child a');
  await has('@output-curve', 'aria-label', 'Decline over tiles. Test: 40.0 % at 2.');
  await contains('@output-later', '7');
  await count('@output-accuracy', 0);
  await texts('@matrix-pairs td.heat-cell >> nth=-1', '−2');
  await has('@matrix-pairs td.heat-cell >> nth=-1', 'class', /heat-9 heat-minus/);
  const picture = only('@picture');
  picture.scrollIntoView({ block: 'center' });
  for (const [place, value] of /** @type {[number, string][]} */ ([[0.2, '−1.50'], [0.8, '2.25']])) {
    const box = picture.getBoundingClientRect();
    await browser.point(box.x + place * box.width, box.y + box.height / 2);
    await texts('@map-value', `here ${value}`);
  }
  await browser.point(0, 0);
  await lacks('@map-value', 'here');
}

export async function noTwoColumnsHaveOneName() {
  const axes = [{ name: 'dataset', label: 'Data set' }, { name: 'images', label: 'Selection' }];
  const experiment = { ...OCCLUSION, outputs: [{ ...OCCLUSION.outputs[0], name: 'other-drop', label: 'Drop on selected images', axes }] };
  const row = { experiment: 'occlusion', output: 'other-drop', metric: 'drop', set: 'test', axes: { dataset: 'd', images: 'test' }, value: 0.5, images: 10, job: 4, run: 3 };
  const run = { id: 3, spec: { kind: 'train' }, results: {}, otherImages: [], artifacts: [] };
  render(runOutputs(partial({}), () => {}).template(partial(run), partial([row]), partial([experiment]), partial({})), root);
  await texts('@output-other-drop th[scope=col]', 'Set', 'Data set', 'Selection', 'Drop on selected images', 'Number of images', 'Job');
}

/** The facts that group pictures are the axes of their output, whatever the experiment. */
export async function picturesAreGroupedByTheAxesOfTheirOutput() {
  const output = { name: 'patches', label: 'Patches', kind: 'pictures', metric: 'images', unit: 'count', better: 'neither',
    axes: [{ name: 'label', label: 'Class' }, { name: 'from', label: 'From images' }] };
  const artifacts = ['Coast', 'Forest'].flatMap((label) => ['own', 'others'].flatMap((from) => [1, 2, 3].map((rank) =>
    ({ id: rank, kind: 'picture', name: `${label}-${from}-${rank}.png`, mediaType: 'image/png', output: 'patches', job: 3,
      url: '/favicon.svg', facts: { image: `test/${rank}.png`, label, from, rank: String(rank) } }))));
  const run = { id: 3, spec: { kind: 'patches' }, results: {}, otherImages: [], artifacts };
  const outputs = runOutputs(partial({}), () => undefined);
  render(outputs.template(partial(run), [], partial([{ name: 'patches', label: 'Patches', outputs: [output] }]), partial(() => undefined)), root);
  await texts('article[data-output=patches] h4',
    'Class: Coast', 'From images: own', 'From images: others', 'Class: Forest', 'From images: own', 'From images: others');
  await count('article[data-output=patches] .pictures', 4);
  await count('.pictures >> nth=0 >> figure', 3);
  await texts('.pictures >> nth=0 >> figcaption >> nth=0', '1.png rank 1');
  // All in one row, which is what makes them comparable.
  const [first, , last] = all('.pictures >> nth=0 >> figure').map((figure) => figure.getBoundingClientRect());
  equal(last.y, first.y);
  equal(last.x > first.x, true);
}

export async function moreLinesThanCanBeToldApartAreATable() {
  const output = { name: 'recall', label: 'Recall', unit: 'share', axes: [{ name: 'grid', label: 'Grid' }, { name: 'class', label: 'Class' }] };
  const rows = Array.from({ length: 9 }, (_, i) => [2, 4].map((grid) => ({ set: 'test', axes: { grid, class: `c${i}` }, value: i / 10 + grid / 100, job: 3 }))).flat();
  render(curve(partial({ output, rows }), partial({ id: 3 })), root);
  await count('canvas', 0);
  await count('@shades-recall tbody tr', 9);
  await contains('@shades-recall tbody tr:last-child', 'class c8');
  await texts('@shades-recall tbody tr:last-child td', '82', '84');
}
