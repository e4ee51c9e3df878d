import { equal } from '../testing.js';
import { zipOf } from './zip.js';

export async function moreFilesThanAZipFileHoldsAreRefused() {
  const none = { path: '', content: new Uint8Array() };
  let refusal = '';
  await zipOf(Array(65_536).fill(none)).catch(({ message }) => (refusal = message));
  equal(refusal.startsWith('A zip file holds 65535 files of 4 GiB together.'), true);
}

export async function filesAreZippedWithTheirChecksums() {
  const content = new TextEncoder().encode('123456789');
  const zip = new Uint8Array(await (await zipOf([{ path: 'a/é.txt', content }, { path: 'empty', content: new Uint8Array() }], new Date(2026, 1, 3, 4, 5, 6))).arrayBuffer());
  const view = new DataView(zip.buffer);
  equal(view.getUint32(0, true), 0x04034b50);
  // The check value of CRC-32.
  equal(view.getUint32(14, true), 0xcbf43926);
  equal(view.getUint32(22, true), 9);
  const [packed, name] = [view.getUint32(18, true), view.getUint16(26, true)];
  equal(new TextDecoder().decode(zip.slice(30, 30 + name)), 'a/é.txt');
  const inflated = new Blob([zip.slice(30 + name, 30 + name + packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  equal(await new Response(inflated).text(), '123456789');
  const end = zip.length - 22;
  equal(view.getUint32(end, true), 0x06054b50);
  equal(view.getUint16(end + 10, true), 2);
  equal(view.getUint32(view.getUint32(end + 16, true), true), 0x02014b50);
  equal(view.getUint32(end + 16, true) + view.getUint32(end + 12, true), end);
}
