import { html, nothing } from 'lit-html';
import { count, plural, range } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { shownFigure } from '../charts/figure.js';
import { panel } from '../controls/heading.js';
import { scroll } from '../controls/scroll.js';
import { isTraining } from '../experiment/experiments.js';
import { fileName, picture } from '../picture/picture.js';
import { subjectOf } from '../results/caption.js';
import { axisWords, compact, setWord, writer } from '../results/output-words.js';
import { wilson } from '../results/wilson.js';
import { heatTable } from './heat-table.js';
import { isLearningCurve } from './learning-curve.js';
import { outputCurve } from './output-curve.js';
import { isPicture } from './run-pictures.js';

/**
 * @typedef {import('../api/types.js').Artifact} Artifact
 * @typedef {import('../api/types.js').Experiment} Experiment
 * @typedef {import('../api/types.js').FoundResult} FoundResult
 * @typedef {import('../api/types.js').Matrix} Matrix
 * @typedef {import('../api/types.js').Output} Output
 * @typedef {import('../api/types.js').Run} Run
 *
 * The results for one output of an experiment.
 * @typedef {object} Finding
 * @property {Output} output
 * @property {string} experiment the experiment's label
 * @property {FoundResult[]} rows
 * @property {Artifact[]} artifacts
 */

/** Facts that are shown elsewhere, such as the scale of a picture. */
const SHOWN_ELSEWHERE = ['image', 'minimum', 'maximum', 'limit', 'picture'];

/** More lines than these cannot be told apart in a chart. */
const MOST_LINES = 8;

/**
 * Results for a run that have no panel of their own, rendered as the descriptions of the outputs specify: numbers,
 * curves, matrices, pictures and maps of any experiment, including later jobs for the run.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function runOutputs(api, draw) {
  /** @type {Map<number, Matrix|undefined>} by artifact */
  const matrices = new Map();

  /** @param {Artifact} artifact */
  function matrixOf(artifact) {
    if (!matrices.has(artifact.id)) {
      matrices.set(artifact.id, undefined);
      // If the file is missing, its place stays empty.
      api.matrix(artifact.id).then((matrix) => {
        matrices.set(artifact.id, matrix);
        draw();
      }, () => undefined);
    }
    return matrices.get(artifact.id);
  }

  /** @param {Artifact} artifact @param {Output} output */
  function matrix(artifact, { label, axes }) {
    const found = matrixOf(artifact);
    const [rowAxis, columnAxis] = axes;
    return found
      ? html`<h4>${setWord(found.set)}</h4>
          ${heatTable({ ...found, label: `${label}, ${setWord(found.set)}`, rowAxis: rowAxis?.label ?? '', columnAxis: columnAxis?.label ?? '', write: compact, id: `matrix-${found.output}` })}`
      : nothing;
  }

  /** @param {Finding} finding @param {Run} run @param {ReturnType<typeof import('../picture/map-values.js').mapValues>} under */
  function article(finding, run, under) {
    const { output, rows, artifacts } = finding;
    return html`<article class="example" data-output=${output.name}>
      <h3>${output.label}</h3>
      ${rows.length === 0 ? nothing : output.kind === 'curve' ? curve(finding, run) : numbers(finding, run)}
      ${artifacts.filter(({ kind }) => kind === 'matrix').map((each) => matrix(each, output))}
      ${gallery(artifacts.filter(({ mediaType }) => mediaType.startsWith('image/')), output.axes, run, under)}
    </article>`;
  }

  return {
    /**
     * The results of the job itself; of a training, whose page has many, those of each experiment are folded.
     *
     * @param {Run} run
     * @param {FoundResult[]} results
     * @param {Experiment[]} experiments
     * @param {ReturnType<typeof import('../picture/map-values.js').mapValues>} under
     */
    template(run, results, experiments, under) {
      const findings = findingsOf(run, results, experiments);
      const articles = (/** @type {Finding[]} */ some) => some.map((finding) => article(finding, run, under));
      if (!isTraining(run.spec)) {
        return findings.length === 0 ? nothing : panel('outputs', 'Results', articles(findings), { testId: 'outputs' });
      }
      return [...Map.groupBy(findings, ({ experiment }) => experiment)].map(([experiment, some]) =>
        html`<details class="panel disclosure" data-experiment=${experiment}><summary>${experiment} <span class="faint">${plural(some.length, 'result')}</span></summary>${articles(some)}</details>`);
    },
  };
}

/** @param {Run} run @param {FoundResult[]} results @param {Experiment[]} experiments @returns {Finding[]} */
function findingsOf(run, results, experiments) {
  /** @type {Map<string, Finding>} */
  const findings = new Map();
  const of = (/** @type {string} */ kind, /** @type {string} */ name, /** @type {FoundResult|undefined} */ row) => {
    const key = `${kind} ${name}`;
    const experiment = experiments.find((each) => each.name === kind);
    const output = experiment?.outputs.find((each) => each.name === name) ?? undescribed(name, row);
    const finding = findings.get(key) ?? { output, experiment: experiment?.label ?? kind, rows: [], artifacts: [] };
    findings.set(key, finding);
    return finding;
  };
  for (const row of results) {
    const { output, rows } = of(row.experiment, row.output, row);
    if (!isShownAbove(row, output, run)) {
      rows.push(row);
    }
  }
  for (const artifact of run.artifacts) {
    if (artifact.output && !isPicture(artifact) && (artifact.kind === 'matrix' || artifact.mediaType.startsWith('image/'))) {
      of(run.spec.kind, artifact.output, undefined).artifacts.push(artifact);
    }
  }
  return [...findings.values()].filter(({ rows, artifacts }) => rows.length > 0 || artifacts.length > 0);
}

/**
 * Whether a number is already shown at the top of the page, in the figures or among the selected images, or is a point of
 * the learning curves.
 *
 * @param {FoundResult} row
 * @param {Output} output
 * @param {Run} run
 */
function isShownAbove({ job, set, metric, value }, output, run) {
  const other = run.otherImages.find((each) => each.job === job);
  if (other && output.kind === 'scalar' && metric === 'accuracy' && [other.test?.mean, other.scrambled?.mean].includes(value ?? undefined)) {
    return true;
  }
  if (job !== run.id) {
    return false;
  }
  const figures = /** @type {Record<string, number>|undefined} */ (run.results[set]);
  return (output.kind === 'scalar' && figures?.[metric] === value) || (isTraining(run.spec) && isLearningCurve(output));
}

/**
 * A description for an output that only another version of the server describes.
 *
 * @param {string} name
 * @param {FoundResult|undefined} row
 * @returns {Output}
 */
const undescribed = (name, row) => ({
  name, label: name, kind: 'scalar', metric: row?.metric ?? name, unit: '1', better: 'neither', countsImages: row?.metric === 'accuracy',
  axes: Object.keys(row?.axes ?? {}).map((axis) => ({ name: axis, label: axis })),
});

/** @param {Finding} finding @param {Run} run */
function numbers({ output, rows }, run) {
  const write = writer(output);
  const axes = output.axes.filter(({ name }) => rows.some((row) => row.axes[name] !== undefined));
  const others = rows.some(({ job }) => job !== run.id);
  const counted = rows.some(({ images }) => images !== undefined);
  const interval = output.countsImages && counted;
  return scroll(`Numbers: ${output.label}`, html`<table class="table table-plain" data-testid=${`output-${output.name}`}>
    <thead><tr><th scope="col">Set</th>${axes.map((axis) => html`<th scope="col">${axisWords(axis)}</th>`)}<th scope="col" class="number">${output.label}</th>
      ${interval ? html`<th scope="col" class="number">95 % (Wilson)</th>` : nothing}
      ${counted ? html`<th scope="col" class="number">Number of images</th>` : nothing}${others ? html`<th scope="col">Job</th>` : nothing}</tr></thead>
    <tbody>${rows.map(({ set, axes: at, value, images, job }) => html`<tr data-set=${set} data-value=${value ?? nothing}>
      <th scope="row">${setWord(set)}</th>
      ${axes.map(({ name }) => html`<td>${at[name] ?? '–'}</td>`)}
      <td class="number">${value === null ? '–' : html`<span class="value measured">${write(value)}</span>`}</td>
      ${interval ? html`<td class="number">${value !== null && images ? range(wilson(value * images, images)) : '–'}</td>` : nothing}
      ${counted ? html`<td class="number">${images === undefined ? '–' : count(images)}</td>` : nothing}
      ${others ? html`<td><a href=${jobHref(job)}>#${job}</a></td>` : nothing}
    </tr>`)}</tbody></table>`, rows.length > 12);
}

/** The curve of an output, with a line for each set, job and position on the other axes. @param {Finding} finding @param {Run} run */
export function curve({ output, rows }, run) {
  const [along, ...rest] = output.axes;
  if (!along) {
    return nothing;
  }
  const across = rest.filter(({ name }) => rows.some(({ axes }) => axes[name] !== undefined));
  /** @type {Map<string, import('./output-curve.js').Line>} */
  const lines = new Map();
  for (const { set, axes, value, job } of rows) {
    const label = [setWord(set), ...across.map(({ name, label }) => `${label.toLowerCase()} ${axes[name] ?? '–'}`), ...(job === run.id ? [] : [`job #${job}`])].join(', ');
    const line = lines.get(label) ?? { label, points: [] };
    lines.set(label, line);
    line.points.push({ x: axes[along.name], y: value });
  }
  const all = [...lines.values()];
  if (all.length > MOST_LINES && output.unit === 'share') {
    return shades(all, output, axisWords(along));
  }
  return shownFigure(
    outputCurve(all, { name: output.name, subject: subjectOf(run), label: output.label, axis: axisWords(along), share: output.unit === 'share', write: writer(output) }),
  );
}

/** Lines as rows of a table of shades. @param {import('./output-curve.js').Line[]} lines @param {Output} output @param {string} axis */
function shades(lines, { name, label }, axis) {
  const places = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))];
  return heatTable({
    label: `${label} over ${axis.toLowerCase()}`,
    rowAxis: '',
    columnAxis: `${axis}; per cent`,
    rows: lines.map(({ label: line }) => line),
    columns: places.map(String),
    values: lines.map(({ points }) => places.map((place) => points.find(({ x }) => x === place)?.y ?? null)),
    write: (value) => (100 * value).toFixed(0),
    id: `shades-${name}`,
  });
}

/**
 * Pictures in groups: a heading for each value on the output's axes that occurs, with smaller pictures below.
 *
 * @param {Artifact[]} pictures
 * @param {import('../api/types.js').Axis[]} axes
 * @param {Run} run
 * @param {ReturnType<typeof import('../picture/map-values.js').mapValues>} under
 * @param {import('../api/types.js').Axis[]} [above] the axes of the headings above
 * @returns {unknown}
 */
function gallery(pictures, axes, run, under, above = []) {
  const [axis, ...rest] = axes.filter(({ name }) => pictures.some(({ facts }) => facts[name] !== undefined));
  return axis
    ? [...Map.groupBy(pictures, ({ facts }) => facts[axis.name] ?? '')].map(([value, group]) => html`<div class="picture-group">
        <h4 class=${above.length > 0 ? 'faint' : nothing}>${axisWords(axis)}: ${value || 'not stated'}</h4>
        ${gallery(group, rest, run, under, [...above, axis])}
      </div>`)
    : strip(pictures, above, run, under);
}

/**
 * @param {Artifact[]} pictures
 * @param {import('../api/types.js').Axis[]} above the axes of the headings above
 * @param {Run} run
 * @param {ReturnType<typeof import('../picture/map-values.js').mapValues>} under
 */
function strip(pictures, above, run, under) {
  const said = [...SHOWN_ELSEWHERE, ...above.map(({ name }) => name)];
  return pictures.length === 0 ? nothing : html`<div class=${above.length > 0 ? 'pictures pictures-small' : 'pictures'}>
    ${pictures.map((artifact) => {
      const { kind, name, url, facts } = artifact;
      const wordsOf = (/** @type {string[]} */ left) => Object.entries(facts).filter(([fact]) => !left.includes(fact)).map(([fact, value]) => `${fact} ${value}`);
      const title = facts.image ? fileName(facts.image) : name;
      return picture({
        kind, url, facts,
        alt: [title, ...wordsOf(SHOWN_ELSEWHERE)].join(', '),
        caption: html`${title} <span class="faint">${wordsOf(said).join(', ')}</span>`,
        under: under(run.artifacts, artifact),
      });
    })}
  </div>`;
}
