import { html, render } from 'lit-html';
import { becomes, browser, count, has, only, root, value as hasValue, visible } from '../testing.js';
import { inlineCombobox } from './combobox.js';

export async function aLongListIsSearchedWithTheKeyboard() {
  let value = '12';
  const options = Array.from({ length: 90 }, (_, i) => ({
    value: String(i + 1), label: `#${i + 1} BagNet-${[9, 17, 33][i % 3]}, seed ${i % 5}`, group: i < 45 ? 'old' : 'new', disabled: i === 0,
  }));
  const draw = () => render(html`<h1>Runs</h1>${inlineCombobox({ id: 'searched', label: 'Run', value, options, change: (next) => { value = next; draw(); } })}`, root);
  draw();
  await hasValue('@searched', '#12 BagNet-33, seed 1');
  await count('[role=option]', 0);
  only('@searched').focus();
  await browser.press('ArrowDown');
  await count('[role=option]', 90);
  await has('@searched', 'aria-activedescendant', 'searched-option-11');
  await has('#searched-option-11', 'aria-selected', 'true');
  await becomes(() => new Promise((resolve) => {
    new IntersectionObserver(([{ isIntersecting }]) => resolve(isIntersecting)).observe(only('#searched-option-11'));
  }), true);
  await browser.type('net-33 SEED #9');
  await count('[role=option]', 2);
  await browser.press('ArrowUp');
  await has('@searched', 'aria-activedescendant', 'searched-option-1');
  await browser.press('Escape');
  await hasValue('@searched', '#12 BagNet-33, seed 1');
  await count('[role=option]', 0);
  await browser.fill('@searched', '#90');
  await browser.press('Enter');
  await hasValue('@searched', '#90 BagNet-33, seed 4');
  await browser.fill('@searched', 'no such');
  await visible('.combobox-none');
  await browser.press('Enter');
  only('@searched').blur();
  await hasValue('@searched', '#90 BagNet-33, seed 4');
  // What is not suitable is not chosen.
  await browser.fill('@searched', '#1 ');
  await browser.press('Enter');
  await browser.press('Escape');
  await hasValue('@searched', '#90 BagNet-33, seed 4');
  await browser.click('@searched');
  await browser.click('[role=option]:has-text("#89")');
  await hasValue('@searched', '#89 BagNet-17, seed 3');
}
