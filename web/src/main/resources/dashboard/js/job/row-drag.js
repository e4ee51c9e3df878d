/**
 * Follows the pointer from a row's handle until it is released, and drops the row between two others of its list.
 *
 * @param {PointerEvent} event the press of the handle
 * @param {{over: (rows: number|undefined) => void, drop: (rows: number) => void}} drag both are given the number of rows above the pointer; over: undefined at the end
 */
export function dragRow(event, { over, drop }) {
  const handle = /** @type {HTMLElement} */ (event.currentTarget);
  if (event.button !== 0) {
    return;
  }
  handle.setPointerCapture(event.pointerId);
  const start = event.clientY;
  /** @type {number|undefined} */
  let above;

  /** @param {PointerEvent} moved */
  function follow({ clientY }) {
    if (above === undefined && Math.abs(clientY - start) < 4) {
      return;
    }
    const rows = [.../** @type {HTMLElement} */ (handle.closest('ol')).children].map((row) => row.getBoundingClientRect());
    above = rows.filter(({ top, height }) => top + height / 2 < clientY).length;
    over(above);
  }

  /** @param {boolean} dropped */
  function end(dropped) {
    handle.removeEventListener('pointermove', follow);
    handle.onpointerup = handle.onpointercancel = handle.onkeyup = null;
    over(undefined);
    if (dropped && above !== undefined) {
      drop(above);
    }
  }

  handle.addEventListener('pointermove', follow);
  handle.onpointerup = () => end(true);
  handle.onpointercancel = () => end(false);
  handle.onkeyup = ({ key }) => key === 'Escape' && end(false);
}
