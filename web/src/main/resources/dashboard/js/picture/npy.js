/**
 * The subset of NumPy's file format that maps use: two-dimensional arrays of little-endian 32-bit floats in row-major
 * order.
 *
 * @typedef {{height: number, width: number, values: Float32Array}} Grid
 */

const MAGIC = '\u0093NUMPY';
const BYTES = 4;

/**
 * @param {ArrayBuffer} file
 * @returns {Grid}
 */
export function readNpy(file) {
  const view = new DataView(file);
  const text = (/** @type {number} */ from, /** @type {number} */ to) => String.fromCharCode(...new Uint8Array(file, from, to - from));
  if (file.byteLength < 10 || text(0, MAGIC.length) !== MAGIC) {
    throw new Error('This is not a .npy file.');
  }
  // From version 2 on, the header length takes four bytes.
  const start = view.getUint8(6) === 1 ? 10 : 12;
  const end = start + (start === 10 ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = text(start, end);
  const shape = /'shape':\s*\((\d+),\s*(\d+)\)/.exec(header);
  if (!/'descr':\s*'<f4'/.test(header) || !/'fortran_order':\s*False/.test(header) || !shape) {
    throw new Error(`This .npy file is not a map of 32-bit floats: ${header.trim()}`);
  }
  const [height, width] = [Number(shape[1]), Number(shape[2])];
  if (file.byteLength < end + height * width * BYTES) {
    throw new Error('This .npy file is truncated.');
  }
  // Copies the data: a typed array needs an aligned start, which the header does not guarantee.
  return { height, width, values: new Float32Array(file.slice(end, end + height * width * BYTES)) };
}

/**
 * The value at a position in a map's picture.
 *
 * @param {Grid} grid
 * @param {number} x in [0, 1)
 * @param {number} y in [0, 1)
 * @returns {number|undefined} undefined outside the picture
 */
export function valueAt({ height, width, values }, x, y) {
  const [column, row] = [Math.floor(x * width), Math.floor(y * height)];
  return column >= 0 && column < width && row >= 0 && row < height ? values[row * width + column] : undefined;
}
