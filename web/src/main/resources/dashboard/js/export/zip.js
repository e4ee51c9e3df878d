/**
 * Writes zip files.
 *
 * @typedef {{path: string, content: Uint8Array<ArrayBuffer>}} ZippedFile
 */

/** Names are in UTF-8. */
const FLAGS = 0x0800;
const DEFLATED = 8;
const VERSION = 20;

/** What the two and four bytes for numbers hold. */
const MOST_FILES = 0xffff;
const MOST_BYTES = 0xffffffff;

/**
 * A zip file with these files.
 *
 * @param {ZippedFile[]} files
 * @param {Date} [at] when they were last changed
 * @throws {Error} if a zip file cannot hold them
 */
export async function zipOf(files, at = new Date()) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let place = 0;
  requireFit(files.length, MOST_FILES);
  for (const { path, content } of files) {
    const name = new TextEncoder().encode(path);
    const packed = await deflated(content);
    const facts = [
      ...two(VERSION), ...two(FLAGS), ...two(DEFLATED), ...two(timeOf(at)), ...two(dateOf(at)), ...four(checksum(content)),
      ...four(packed.length), ...four(content.length), ...two(name.length), ...two(0),
    ];
    const local = [new Uint8Array([...four(0x04034b50), ...facts]), name, packed];
    // Comment, disk, attributes and the place of the file.
    directory.push(new Uint8Array([...four(0x02014b50), ...two(VERSION), ...facts, ...two(0), ...two(0), ...two(0), ...four(0), ...four(place)]), name);
    parts.push(...local);
    place += lengthOf(local);
  }
  const size = lengthOf(directory);
  const count = files.length;
  requireFit(place + size, MOST_BYTES);
  const end = new Uint8Array([...four(0x06054b50), ...two(0), ...two(0), ...two(count), ...two(count), ...four(size), ...four(place), ...two(0)]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

/** @param {number} needed @param {number} most */
function requireFit(needed, most) {
  if (needed > most) {
    throw new Error(`A zip file holds ${MOST_FILES} files of 4 GiB together. Write these with ./bagnetlab results export.`);
  }
}

/** @param {Uint8Array[]} parts */
const lengthOf = (parts) => parts.reduce((sum, { length }) => sum + length, 0);

/** A number as bytes, the lowest first. @param {number} value */
const two = (value) => [value & 0xff, (value >>> 8) & 0xff];

/** @param {number} value */
const four = (value) => [...two(value), ...two(value >>> 16)];

/** Hours, minutes and pairs of seconds. @param {Date} at */
const timeOf = (at) => (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1);

/** Years since 1980, months and days. @param {Date} at */
const dateOf = (at) => ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate();

/** The remainders of all bytes, for CRC-32. */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  }
  return remainder;
});

/** CRC-32. @param {Uint8Array} content */
const checksum = (content) => ~content.reduce((sum, byte) => REMAINDERS[(sum ^ byte) & 0xff] ^ (sum >>> 8), -1);

/** @param {Uint8Array<ArrayBuffer>} content */
const deflated = async (content) => new Uint8Array(await new Response(new Blob([content]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer());
