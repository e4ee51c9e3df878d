/** Addresses of modules by page, as the server counted them up. @type {Record<string, string[]>} */
const MODULES = JSON.parse(document.getElementById('modules')?.textContent || '{}');

/** Fetches all modules of a page at once, rather than each after the one that imports it. @param {string} page */
export function preload(page) {
  for (const href of MODULES[page] ?? []) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = href;
    document.head.append(link);
  }
  delete MODULES[page];
}
