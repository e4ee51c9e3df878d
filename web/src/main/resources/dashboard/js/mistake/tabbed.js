const FIELD = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/y;

/**
 * Converts CSV (RFC 4180) to tab-separated values, as spreadsheets take them from the clipboard. Tabs and line breaks
 * within a value become spaces.
 *
 * @param {string} csv
 */
export function tabbed(csv) {
  const field = new RegExp(FIELD);
  let text = '';
  while (field.lastIndex < csv.length) {
    const [, value, end] = /** @type {RegExpExecArray} */ (field.exec(csv));
    const plain = value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value;
    text += plain.replace(/[\t\r\n]+/g, ' ') + (end === ',' ? '\t' : end && '\n');
  }
  return text;
}
