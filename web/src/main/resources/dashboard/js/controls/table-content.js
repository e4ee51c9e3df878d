/**
 * A table as displayed, for other programs: its texts, its values as CSV, and LaTeX for a paper. The complete data are in
 * the files from the server.
 *
 * A cell that spans columns is the first of these only, one that spans rows is in each of them.
 * @typedef {{cell: HTMLTableCellElement, across: number}} Placed across: how many columns it spans
 * @typedef {{head: boolean, more: string, measured: boolean, cells: (Placed|undefined)[]}} Row more: the remark on the row above, if the row is only that
 *
 * A value of a cell: what distinguishes it from the cell's other values, its text or number, and its unit.
 * @typedef {{part: string, text: string, unit?: string}} Value
 */

/** Numbers with their unit, as pages write them. */
const NUMBER = /^([−+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[-−]?\d+)?)(?:\s?([^\s\d.,:;()–]+))?$/;

/** Ends a line of a cell. No text has it. */
const LINE = '\u2028';

/**
 * The cells of a table by their places, without the columns that have no text, such as check boxes.
 *
 * @param {HTMLTableElement} table
 * @param {(cell: Element) => string} [textOf]
 * @param {(row: Row) => boolean} [counts] whether a text in this row is one of the column's
 */
function rowsOf(table, textOf = words, counts = () => true) {
  const shown = [...table.rows].filter((row) => !row.querySelector('form'));
  /** @type {Row[]} */
  const rows = shown.map((row) => ({ head: row.parentElement === table.tHead, more: row.matches('.row-more') ? words(row) : '', measured: row.dataset.measured !== 'false', cells: [] }));
  /** @type {Set<number>[]} the places that cells take */
  const taken = rows.map(() => new Set());
  shown.forEach((row, i) => {
    for (const cell of row.cells) {
      let place = 0;
      while (taken[i].has(place)) {
        place++;
      }
      for (let down = i; down < Math.min(rows.length, i + cell.rowSpan); down++) {
        rows[down].cells[place] = { cell, across: cell.colSpan };
        for (let across = 0; across < cell.colSpan; across++) {
          taken[down].add(place + across);
        }
      }
    }
  });
  const width = Math.max(...rows.map(({ cells }) => cells.length), ...taken.flatMap((places) => [...places].map((place) => place + 1)));
  const kept = [...Array(width).keys()].filter((place) => rows.some((row) => counts(row) && row.cells[place] && textOf(row.cells[place].cell) !== ''));
  return rows.map((row) => ({
    ...row,
    cells: kept.map((place) => {
      const found = row.cells[place];
      return found && { cell: found.cell, across: kept.filter((other) => other >= place && other < place + found.across).length };
    }),
  }));
}

/** The text of a cell on one line, without its buttons and what became of their jobs. @param {Element} cell @param {string} [without] selects what else is left out */
function words(cell, without = '') {
  const copy = /** @type {Element} */ (cell.cloneNode(true));
  const buttons = 'button:not(.term, .sort, .tag), .button, .visually-hidden, [aria-hidden], [role=status]';
  copy.querySelectorAll(without ? `${buttons}, ${without}` : buttons).forEach((element) => element.remove());
  // The lines of a cell, and the tag before its words, are separate elements, possibly without white space between them.
  copy.querySelectorAll('.range').forEach((element) => element.prepend(' '));
  // What a mark stands for comes after the value and its interval.
  /** @type {NodeListOf<HTMLElement>} */ (copy.querySelectorAll('.one-run')).forEach((mark) => {
    mark.parentElement?.append(LINE + mark.title + LINE);
    mark.remove();
  });
  copy.querySelectorAll('.under, .spread, .tag-regime, div').forEach((line) => {
    line.prepend(LINE);
    line.append(LINE);
  });
  return (copy.textContent ?? '').replace(/[\u200b\u00ad]/g, '').split(LINE).map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '').join('; ');
}

/** What all rows of a table have, which the page says above it. @param {HTMLTableElement} table */
const commonOf = (table) => /** @type {HTMLElement|null} */ (table.closest('.scroll')?.previousElementSibling)?.dataset.common?.replaceAll('\u00a0', ' ') ?? '';

/** The table's texts with tabs between them. @param {HTMLTableElement} table */
export const textOf = (table) => `${rowsOf(table).map(({ cells }) => cells.map((placed) => (placed ? words(placed.cell) : '')).join('\t')).join('\n')}\n`;

/**
 * The table's columns as CSV, with one value in a cell: a mean, the ends of its interval, the number of seeds and
 * what the interval is over are columns of their own, units are in the header, and what all rows have in common is a column at the end.
 *
 * @param {HTMLTableElement} table
 */
export function csvOf(table) {
  const rows = rowsOf(table);
  const body = rows.filter(({ head, more }) => !head && !more);
  const names = headings(rows);
  const columns = names.flatMap((name, place) => columnsOf(name, body.map(({ cells }) => (cells[place] ? valuesOf(cells[place].cell) : []))));
  const common = commonOf(table);
  if (common) {
    columns.push({ name: 'All have', texts: body.map(({ measured }) => (measured ? noFormula(common) : '')) });
  }
  const lines = [columns.map(({ name }) => name), ...body.map((_, i) => columns.map(({ texts }) => texts[i]))];
  return `${lines.map((line) => line.map(quoted).join(',')).join('\n')}\n`;
}

/** The name of each column; that of its group is part of it if another group has such a column, too. @param {Row[]} rows */
function headings(rows) {
  const heads = rows.filter(({ head }) => head);
  const own = heads.at(-1)?.cells.map((placed) => (placed ? words(placed.cell) : '')) ?? [];
  const groups = own.map((_, place) => heads.slice(0, -1).flatMap(({ cells }) => {
    const group = cells.findLast((placed, at) => placed && at <= place && place < at + placed.across);
    return group ? words(group.cell.querySelector('.tag') ?? group.cell) : [];
  }).filter((text) => text !== '').join(', '));
  return own.map((name, place) => (own.indexOf(name) !== own.lastIndexOf(name) && groups[place] ? `${groups[place]}: ${name}` : name));
}

/** The columns that a column of the page has in CSV. @param {string} name @param {Value[][]} cells @returns {{name: string, texts: string[]}[]} */
function columnsOf(name, cells) {
  const parts = [...new Set(cells.flat().map(({ part }) => part))];
  return (parts.length === 0 ? [''] : parts).map((part) => {
    const values = cells.map((cell) => cell.find((value) => value.part === part));
    const numbers = values.map((value) => (value && value.text !== '' ? NUMBER.exec(value.text) : undefined));
    const units = new Set(values.flatMap((value, i) => value?.unit ?? (value && value.text !== '' ? (numbers[i]?.[2] ?? '') : [])));
    const plain = units.size === 1 && numbers.every((number) => number !== null && number?.[1] !== '');
    const [unit] = units;
    const whole = part ? `${name}, ${part}` : name;
    return {
      name: plain && unit ? `${whole} (${unit})` : whole,
      texts: values.map((value, i) => (value === undefined ? '' : plain ? plainNumber(numbers[i]?.[1] ?? '') : numbers[i]?.[1] ? value.text : noFormula(value.text))),
    };
  });
}

/** @param {string} text */
const plainNumber = (text) => text.replaceAll(',', '').replaceAll('−', '-').replace('+', '');

/** The values of a cell. @param {HTMLTableCellElement} cell @returns {Value[]} */
function valuesOf(cell) {
  // An interval may have a column of its own on the page, without the mean.
  const measured = /** @type {HTMLElement[]} */ ([...cell.querySelectorAll('[data-mean], [data-low]')]).flatMap((element) => {
    const { mean, low = '', high = '', seeds = '', over, unit } = element.dataset;
    const grid = /** @type {HTMLElement|null} */ (element.closest('[data-grid]'))?.dataset.grid;
    const of = (/** @type {string} */ part) => [...(grid ? [`${grid} × ${grid} tiles`] : []), ...(part ? [part] : [])].join(', ');
    const ends = [{ part: of('low'), text: low, unit }, { part: of('high'), text: high, unit }];
    return [...(mean === undefined ? ends : [{ part: of(''), text: mean, unit }, ...ends, { part: of('seeds'), text: seeds }]), ...(over ? [{ part: of('interval over'), text: over }] : [])];
  });
  const text = measured.length > 0 ? '' : words(cell, '.under, .absent').replace(/^–$/, '');
  const unit = cell.dataset.unit ?? /** @type {HTMLElement|null} */ (cell.querySelector('[data-unit]'))?.dataset.unit;
  const remark = [...cell.querySelectorAll('.under:not([role=status])')].map((element) => words(element)).filter((said) => said !== '').join('; ');
  const counted = /** @type {HTMLElement[]} */ ([...cell.querySelectorAll('[data-part]')]).map(({ dataset: { part = '', value = '' } }) => ({ part, text: value }));
  const main = measured.length > 0 ? measured : counted.some(({ part }) => part === '') ? [] : [{ part: '', text, unit }];
  return [...main, ...counted, ...(remark ? [{ part: 'remark', text: remark }] : [])];
}

/** A text, such as a note, that a spreadsheet would otherwise compute. @param {string} text */
const noFormula = (text) => (/^[=+@\t\r-]/.test(text) ? `'${text}` : text);

/** @param {string} text */
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @type {Record<string, string>} */
const ESCAPES = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '−': '$-$', '±': '$\\pm$', '×': '$\\times$', '≥': '$\\ge$', '≤': '$\\le$', '<': '$<$', '>': '$>$', '–': '--' };

/** @param {string} text */
const escaped = (text) => text.replace(/[\\~^−±×≥≤<>–&%$#_{}]/g, (character) => ESCAPES[character] ?? `\\${character}`);

/** What a cell says besides its value. In the heading of a row it belongs to the name, and a number that is a part of the cell is one of its values. */
const REMARK = ':is(td, thead th) .under:not([role=status], [data-part]), .spread, .one-run, .source-note';

/** What is for readers of a page only: sentences that repeat the numbers, and the words of drawings. */
const ONLY_ON_PAGES = '.sentence, svg';

/**
 * The table for LaTeX, with the package booktabs, as the server's tables are: a float with the table's name and what all
 * rows have in common as its caption, its file's name as its label, and remarks as notes below it, each once.
 *
 * @param {HTMLTableElement} table
 */
export function latexOf(table) {
  const rows = rowsOf(table, latexWords, ({ head, more }) => !head && !more);
  const notes = notesOf();
  const common = commonOf(table);
  const name = table.caption ? words(table.caption) : (table.closest('.scroll')?.getAttribute('aria-label') ?? '');
  const caption = [name, common && `All have: ${common}`].filter(Boolean).map((sentence) => `${escaped(sentence.replace(/\.$/, ''))}.`).join(' ');
  const body = rows.filter(({ head }) => !head);
  const alignment = rows[0].cells.map((_, place) => (body.some(({ cells }) => cells[place]?.cell.matches('.number, .heat-cell')) ? 'r' : 'l')).join('');
  const lines = [
    ...rows.filter(({ head }) => head).flatMap((row) => [lineOf(row, 'c', notes), ...rulesOf(row)]), '\\midrule',
    ...body.flatMap((row, i) => (row.more ? [] : [lineOf(row, 'l', notes, body[i + 1]?.more)])),
  ];
  return [
    '% needs \\usepackage{booktabs,adjustbox}', '\\begin{table}', '\\centering', ...(caption ? [`\\caption{${caption}}`] : []), `\\label{tab:${table.dataset.testid?.replace(/-table$/, '')}}`, '\\begin{adjustbox}{max width=\\linewidth}', `\\begin{tabular}{${alignment}}`, '\\toprule',
    ...lines, '\\bottomrule', '\\end{tabular}', '\\end{adjustbox}', ...notes.lines(), '\\end{table}', '',
  ].join('\n');
}

/** The notes below a table, in the order of their first marks. */
function notesOf() {
  /** @type {string[]} */
  const texts = [];
  return {
    /** The marks of a cell's notes. @param {string[]} own */
    marks(own) {
      texts.push(...own.filter((text, i) => !texts.includes(text) && own.indexOf(text) === i));
      return own.length === 0 ? '' : superscript(own.map((text) => letterAt(texts.indexOf(text))).join(','));
    },
    lines: () => (texts.length === 0 ? [] : ['\\par\\smallskip', `{\\footnotesize ${texts.map((text, i) => `${superscript(letterAt(i))}~${escaped(text)}`).join('; ')}}`]),
  };
}

/** @param {string} mark */
const superscript = (mark) => `\\textsuperscript{${mark}}`;

/** a to z, then aa, and so on. @param {number} i @returns {string} */
const letterAt = (i) => (i < 26 ? '' : letterAt(Math.floor(i / 26) - 1)) + String.fromCharCode('a'.charCodeAt(0) + (i % 26));

/**
 * @param {Row} row
 * @param {string} alignment of what spans columns
 * @param {ReturnType<typeof notesOf>} notes
 * @param {string} [remark] on the row
 */
function lineOf({ cells }, alignment, notes, remark) {
  /** @type {string[]} */
  const texts = [];
  for (let place = 0; place < cells.length; place += cells[place]?.across || 1) {
    const { cell, across = 1 } = cells[place] ?? {};
    const text = cell ? escaped(latexWords(cell)) + notes.marks([...remarksOf(cell), ...(place === 0 && remark ? [remark] : [])]) : '';
    texts.push(across > 1 && text ? `\\multicolumn{${across}}{${alignment}}{${text}}` : [text, ...Array(Math.max(0, across - 1)).fill('')].join(' & '));
  }
  return `${texts.join(' & ')} \\\\`;
}

/** The rules below the headings of groups. @param {Row} row */
function rulesOf({ cells }) {
  const rules = cells.flatMap((placed, place) => (placed && placed.across > 1 && words(placed.cell) ? [`\\cmidrule(lr){${place + 1}-${place + placed.across}}`] : []));
  return rules.length > 0 ? [rules.join(' ')] : [];
}

/** @param {Element} cell */
const remarksOf = (cell) => [...cell.querySelectorAll(REMARK)].filter((element) => !isOfSeeds(element) && !element.matches(ONLY_ON_PAGES)).map((element) => /** @type {HTMLElement} */ (element).title || words(element)).filter(Boolean);

/** Whether the values of single seeds stand in for an interval, which two seeds do not have. @param {Element} element */
const isOfSeeds = (element) => element.matches('.spread') && /\d/.test(element.textContent ?? '');

/** The value of a cell, with its interval, or else the values of its seeds, in brackets. @param {Element} cell */
function latexWords(cell) {
  const copy = /** @type {Element} */ (cell.cloneNode(true));
  const own = [...cell.querySelectorAll('*')];
  [...copy.querySelectorAll('*')].forEach((element, i) => {
    if (own[i].matches(ONLY_ON_PAGES) || (own[i].matches(REMARK) && !isOfSeeds(own[i]))) {
      element.remove();
    } else if (own[i].matches('.range, .spread, tbody th .under')) {
      element.replaceChildren(` (${isOfSeeds(own[i]) ? 'seeds ' : ''}${words(element)})`);
      element.className = '';
    } else if (own[i].matches('[data-part]')) {
      element.replaceChildren(words(element).split(':')[0]);
    }
  });
  return words(copy);
}
