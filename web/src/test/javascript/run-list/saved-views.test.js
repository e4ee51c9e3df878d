import { html, render } from 'lit-html';
import { browser, contains, count, equal, has, root, texts } from '../testing.js';
import { savedViews } from './saved-views.js';

/** A list whose choices a test makes. @param {Record<string, string>} state */
function open(state) {
  const draw = () => render(html`${views.template()} ${views.button()}`, root);
  const views = savedViews({ draw, shown: () => state, show: (shown) => { Object.assign(state, { query: '', grouped: '' }, shown); draw(); } });
  draw();
  return draw;
}

export async function aViewIsSavedOpenedRenamedAndDeleted() {
  localStorage.clear();
  const state = { query: '', grouped: '' };
  const draw = open(state);
  // Of the whole list there is nothing to save.
  await count('@view-save', 0);
  state.query = 'test > 0.9';
  state.grouped = 'yes';
  draw();
  await browser.click('@view-save');
  await browser.fill('@view-name', ' good ones ');
  await browser.click('@view-keep');
  await texts('[data-view]', 'good ones');
  await has('[data-view]', 'aria-pressed', 'true');

  state.query = 'seed = 1';
  draw();
  await has('[data-view]', 'aria-pressed', 'false');
  await browser.click('@view-save');
  await browser.fill('@view-name', 'good ones');
  await browser.click('@view-keep');
  await contains('#view-wrong', 'There is already a view “good ones”.');
  await browser.press('Escape');
  await browser.click('[data-view]');
  equal(state, { query: 'test > 0.9', grouped: 'yes' });

  await browser.click('@view-rename');
  await browser.fill('@view-name', 'best');
  await browser.click('@view-keep');
  await texts('[data-view]', 'best');
  // It is there again after the page is opened again.
  open(state);
  await texts('[data-view]', 'best');
  await texts('@view-delete', 'Delete view');
  await browser.click('@view-delete');
  await browser.click('@view-delete-confirm');
  await count('[data-view]', 0);
}

export async function viewsStayInTheOrderInWhichTheyWereSaved() {
  localStorage.clear();
  const state = { query: '' };
  const draw = open(state);
  for (const name of ['paper', '2024']) {
    state.query = name;
    draw();
    await browser.click('@view-save');
    await browser.fill('@view-name', name);
    await browser.click('@view-keep');
  }
  await texts('[data-view]', 'paper', '2024');
  open(state);
  await texts('[data-view]', 'paper', '2024');
}

export async function whatElseIsStoredUnderTheNameIsNoView() {
  for (const stored of ['not json', 'null', '{"a":null}', '[null,["a"],["b",null],["c",{"query":1}]]']) {
    localStorage.setItem('bagnetlab.run-views', stored);
    open({ query: 'seed = 1' });
    await count('[data-view]', 0);
    await count('@view-save', 1);
  }
  localStorage.setItem('bagnetlab.run-views', '[["a",null],["good",{"query":"seed = 2"}]]');
  open({ query: 'seed = 1' });
  await texts('[data-view]', 'good');
}
