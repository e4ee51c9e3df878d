/**
 * A table as displayed, for other programs: its texts, its values as CSV, and LaTeX for a paper. The complete data are in
 * the files from the server.
 *
 * A cell that spans columns is the first of these only, one that spans rows is in each of them.
 * @typedef {{cell: HTMLTableCellElement, across: number}} Placed across: how many columns it spans
 * @typedef {{head: boolean, more: boolean, measured: boolean, cells: (Placed|undefined)[]}} Row more: whether it only adds a remark to the row above
 *
 * A value of a cell: what distinguishes it from the cell's other values, its text or number, and its unit.
 * @typedef {{part: string, text: string, unit?: string}} Value
 */

/** Numbers with their unit, as pages write them. */
const NUMBER = /^([−+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[-−]?\d+)?)(?:\s?([^\s\d.,:;()–]+))?$/;

/** Ends a line of a cell. No text has it. */
const LINE = '\u2028';

/** The cells of a table by their places, without the columns that have no text, such as check boxes. @param {HTMLTableElement} table */
function rowsOf(table) {
  const shown = [...table.rows].filter((row) => !row.querySelector('form'));
  /** @type {Row[]} */
  const rows = shown.map((row) => ({ head: row.parentElement === table.tHead, more: row.matches('.row-more'), measured: row.dataset.measured !== 'false', cells: [] }));
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
  const kept = [...Array(width).keys()].filter((place) => rows.some(({ cells }) => cells[place] && words(cells[place].cell) !== ''));
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
  copy.querySelectorAll('.under, .spread, .tag-regime, div').forEach((line) => {
    line.prepend(LINE);
    line.append(LINE);
  });
  return (copy.textContent ?? '').replace(/[\u200b\u00ad]/g, '').split(LINE).map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '').join('; ');
}

/** What all rows of a table have, which the page says above it. @param {HTMLTableElement} table */
const commonOf = (table) => /** @type {HTMLElement|null} */ (table.closest('.scroll')?.previousElementSibling)?.dataset.common ?? '';

/** The table's texts with tabs between them. @param {HTMLTableElement} table */
export const textOf = (table) => `${rowsOf(table).map(({ cells }) => cells.map((placed) => (placed ? words(placed.cell) : '')).join('\t')).join('\n')}\n`;

/**
 * The table's columns as CSV, with one value in a cell: a mean, the ends of its interval and the number of seeds are
 * columns of their own, units are in the header, and what all rows have in common is a column at the end.
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
  const measured = /** @type {HTMLElement[]} */ ([...cell.querySelectorAll('[data-mean]')]).flatMap((element) => {
    const { mean = '', low = '', high = '', seeds = '', unit } = element.dataset;
    const grid = /** @type {HTMLElement|null} */ (element.closest('[data-grid]'))?.dataset.grid;
    const of = (/** @type {string} */ part) => [...(grid ? [`${grid} × ${grid} tiles`] : []), ...(part ? [part] : [])].join(', ');
    return [{ part: of(''), text: mean, unit }, { part: of('low'), text: low, unit }, { part: of('high'), text: high, unit }, { part: of('seeds'), text: seeds }];
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
const ESCAPES = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '−': '$-$', '±': '$\\pm$', '×': '$\\times$', '–': '--' };

/** @param {string} text */
const escaped = (text) => text.replace(/[\\~^−±×–&%$#_{}]/g, (character) => ESCAPES[character] ?? `\\${character}`);

/**
 * The table for LaTeX, with the package booktabs, as the server's tables are. What all rows have in common is in its
 * caption.
 *
 * @param {HTMLTableElement} table
 */
export function latexOf(table) {
  const rows = rowsOf(table);
  const common = commonOf(table);
  const caption = [table.caption ? words(table.caption) : '', common && `All have: ${common}`].filter(Boolean).map((sentence) => `${escaped(sentence)}.`).join(' ');
  const body = rows.filter(({ head }) => !head);
  const alignment = rows[0].cells.map((_, place) => (body.some(({ cells }) => cells[place]?.cell.matches('.number, .heat-cell')) ? 'r' : 'l')).join('');
  return [
    '% needs \\usepackage{booktabs}', ...(caption ? ['\\begin{table}', '\\centering', `\\caption{${caption}}`] : []), `\\begin{tabular}{${alignment}}`, '\\toprule',
    ...rows.filter(({ head }) => head).flatMap((row) => [lineOf(row, 'c'), ...rulesOf(row)]), '\\midrule',
    ...body.map((row) => lineOf(row, 'l')), '\\bottomrule', '\\end{tabular}', ...(caption ? ['\\end{table}'] : []), '',
  ].join('\n');
}

/** @param {Row} row @param {string} alignment of what spans columns */
function lineOf({ cells }, alignment) {
  /** @type {string[]} */
  const texts = [];
  for (let place = 0; place < cells.length; place += cells[place]?.across || 1) {
    const { cell, across = 1 } = cells[place] ?? {};
    const text = cell ? escaped(latexWords(cell)) : '';
    texts.push(across > 1 && text ? `\\multicolumn{${across}}{${alignment}}{${text}}` : [text, ...Array(Math.max(0, across - 1)).fill('')].join(' & '));
  }
  return `${texts.join(' & ')} \\\\`;
}

/** The rules below the headings of groups. @param {Row} row */
function rulesOf({ cells }) {
  const rules = cells.flatMap((placed, place) => (placed && placed.across > 1 && words(placed.cell) ? [`\\cmidrule(lr){${place + 1}-${place + placed.across}}`] : []));
  return rules.length > 0 ? [rules.join(' ')] : [];
}

/** The text of a cell, with its intervals in brackets. @param {HTMLTableCellElement} cell */
function latexWords(cell) {
  const copy = /** @type {HTMLTableCellElement} */ (cell.cloneNode(true));
  copy.querySelectorAll('[data-low] .range').forEach((range) => range.replaceChildren(`(${words(range)})`));
  return words(copy);
}
