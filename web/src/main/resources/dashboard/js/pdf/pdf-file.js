/** @typedef {string|Uint8Array<ArrayBuffer>} Part */

/** A PDF file, to which objects are added. */
export function pdfFile() {
  /** @type {Part[][]} */
  const objects = [];

  /** Adds an object, and returns a reference to it. @param {Part[]} parts */
  const add = (...parts) => `${objects.push(parts)} 0 R`;

  return {
    add,

    /** Adds a compressed stream. @param {string} dictionary its entries @param {Part} content */
    async stream(dictionary, content) {
      const bytes = await deflated(content);
      return add(`<< ${dictionary} /Filter /FlateDecode /Length ${bytes.length} >>\nstream\n`, bytes, '\nendstream');
    },

    /**
     * Ends the file.
     *
     * @param {string} page the entries of its only page
     * @param {string} title
     */
    end(page, title) {
      const pages = `${objects.length + 2} 0 R`;
      const only = add(`<< /Type /Page /Parent ${pages} ${page} >>`);
      add(`<< /Type /Pages /Kids [${only}] /Count 1 >>`);
      const catalogue = add(`<< /Type /Catalog /Pages ${pages} >>`);
      const facts = add(`<< /Title <${utf16(title)}> /Producer (Bagnet Lab) >>`);
      return written(objects, `/Root ${catalogue} /Info ${facts}`);
    },
  };
}

/** @param {Part[][]} objects @param {string} trailer */
function written(objects, trailer) {
  /** @type {Part[]} */
  const parts = [];
  let length = 0;
  const write = (/** @type {Part} */ part) => {
    parts.push(part);
    length += part.length;
  };
  write('%PDF-1.4\n');
  const places = objects.map((object, i) => {
    const place = length;
    [`${i + 1} 0 obj\n`, ...object, '\nendobj\n'].forEach(write);
    return place;
  });
  const table = length;
  const size = objects.length + 1;
  write(`xref\n0 ${size}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`);
  write(`trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${table}\n%%EOF\n`);
  return new Blob(parts, { type: 'application/pdf' });
}

/** A text with a byte order mark, in hexadecimal digits. @param {string} text */
const utf16 = (text) => [...`\uFEFF${text}`].flatMap((character) => character.split('')).map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0')).join('');

/** @param {Part} content */
const deflated = async (content) => new Uint8Array(await new Response(new Blob([content]).stream().pipeThrough(new CompressionStream('deflate'))).arrayBuffer());
