/** The radius of the ring of the icon. */
const RADIUS = 13;

/**
 * The browser's tab: its title and icon show the page and how far the running job is, so that a reader sees it from
 * another tab.
 *
 * @param {Document} document
 */
export function browserTab({ head } = document) {
  let page = '';
  /** In per cent. @type {number|undefined} */
  let done;
  const link = /** @type {HTMLLinkElement|null} */ (head.querySelector('link[rel=icon]'));
  const idle = link?.href ?? '';

  function write() {
    document.title = `${done === undefined ? '' : `${done} % · `}${page ? `${page} · ` : ''}Bagnet Lab`;
  }

  function drawIcon() {
    if (link) {
      link.href = done === undefined ? idle : `data:image/svg+xml,${encodeURIComponent(iconOf(done / 100))}`;
    }
  }

  return {
    /** @param {string} title of the page */
    page(title) {
      page = title;
      write();
    },

    /** @param {number|undefined} fraction of the running job, in [0, 1]; undefined if none runs */
    progress(fraction) {
      const now = fraction === undefined ? undefined : Math.floor(100 * fraction);
      if (now !== done) {
        done = now;
        write();
        drawIcon();
      }
    },
  };
}

/**
 * The icon of a tab while a job runs, as SVG: the innermost patch of the logo in a ring that fills.
 *
 * @param {number} fraction in [0, 1]
 */
function iconOf(fraction) {
  const length = 2 * Math.PI * RADIUS;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <circle cx="16" cy="16" r="${RADIUS}" fill="none" stroke="#cfe3ec" stroke-width="5"/>
    <circle cx="16" cy="16" r="${RADIUS}" fill="none" stroke="#0d5372" stroke-width="5" stroke-dasharray="${(fraction * length).toFixed(1)} ${length.toFixed(1)}" transform="rotate(-90 16 16)"/>
    <rect x="12" y="12" width="8" height="8" rx="1" fill="#5c9ab5"/></svg>`;
}
