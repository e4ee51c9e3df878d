import { fine } from '../app/format.js';
import { readNpy, valueAt } from './npy.js';

/**
 * The callbacks and state that a picture needs to show the values of its map.
 *
 * @typedef {object} Under
 * @property {string} words the value under the cursor, or empty
 * @property {(event: PointerEvent) => void} move
 * @property {() => void} leave
 */

/**
 * Shows map values under the cursor. A map is loaded when the cursor first enters its picture.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function mapValues(api, draw) {
  /** @type {Map<number, Promise<import('./npy.js').Grid|undefined>>} by artifact; undefined if it cannot be read */
  const grids = new Map();
  /** @type {{map: number, x: number, y: number}|undefined} */
  let cursor;
  let words = '';

  /** @param {number} map @param {PointerEvent} event */
  async function move(map, { offsetX, offsetY, target }) {
    const { clientWidth, clientHeight } = /** @type {Element} */ (target);
    const here = { map, x: offsetX / clientWidth, y: offsetY / clientHeight };
    cursor = here;
    const grid = grids.get(map) ?? api.bytes(map).then(readNpy).catch(() => undefined);
    grids.set(map, grid);
    const read = await grid;
    // The cursor may have moved while the map was loading.
    if (cursor === here) {
      const value = read && valueAt(read, here.x, here.y);
      words = value === undefined ? '' : fine(value);
      draw();
    }
  }

  /**
   * @param {import('../api/types.js').Artifact[]} artifacts of the same job
   * @param {import('../api/types.js').Artifact} picture
   * @returns {Under|undefined} undefined if the picture has no map
   */
  return (artifacts, picture) => {
    const map = artifacts.find(({ kind, facts }) => kind === 'map' && facts.picture === picture.name);
    return map && {
      words: cursor?.map === map.id ? words : '',
      move: (event) => { move(map.id, event); },
      leave() {
        cursor = undefined;
        words = '';
        draw();
      },
    };
  };
}
