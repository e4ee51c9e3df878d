import { html, nothing } from 'lit-html';
import { AsyncDirective, directive } from 'lit-html/async-directive.js';
import { live } from 'lit-html/directives/live.js';
import { plural } from '../app/format.js';

/**
 * A choice from a list that may be too long to scan: typing filters it.
 *
 * @typedef {object} Choice
 * @property {string} id of the input, for its label
 * @property {string} [testId]
 * @property {string} value
 * @property {import('./field.js').Option[]} options
 * @property {string} [placeholder] shown if nothing is chosen
 * @property {unknown} [invalid] whether the value is wrong, and the ids of the elements that describe the input
 * @property {unknown} [describedBy]
 * @property {(value: string) => void} change
 */

/** @param {string} text */
const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

/** A combobox as in the ARIA Authoring Practices: the list is filtered, and the focus stays in the input. */
class Combobox extends AsyncDirective {
  /** @type {Choice|undefined} */
  choice;
  /** The typed text; undefined if the list is closed and the input shows the chosen option. @type {string|undefined} */
  text;
  /** Index of the option that Enter chooses. */
  active = 0;

  /** @param {Choice} choice */
  render(choice) {
    this.choice = choice;
    return this.template(choice);
  }

  refresh() {
    if (this.choice && this.isConnected) {
      this.setValue(this.template(this.choice));
      document.getElementById(`${this.choice.id}-option-${this.active}`)?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** @param {Choice} choice */
  found({ options }) {
    const wanted = wordsOf(this.text ?? '');
    return options.filter(({ label, group = '' }) => {
      const text = `${label} ${group}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
  }

  /** Opens the list with all options and makes the chosen one active. */
  open() {
    if (this.choice && this.text === undefined) {
      this.text = '';
      const { value, options } = this.choice;
      this.active = Math.max(0, options.findIndex((option) => option.value === value));
      this.refresh();
    }
  }

  close() {
    this.text = undefined;
    this.refresh();
  }

  /** @param {import('./field.js').Option|undefined} option */
  pick(option) {
    const { choice } = this;
    if (choice && option && !option.disabled) {
      this.close();
      if (option.value !== choice.value) {
        choice.change(option.value);
      }
    }
  }

  /** @param {number} steps */
  move(steps) {
    if (this.text === undefined) {
      this.open();
    } else if (this.choice) {
      const { length } = this.found(this.choice);
      this.active = length === 0 ? 0 : (this.active + steps + length) % length;
      this.refresh();
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const open = this.text !== undefined;
    switch (event.key) {
      case 'ArrowDown':
        this.move(1);
        break;
      case 'ArrowUp':
        this.move(-1);
        break;
      case 'Enter':
        if (!open || !this.choice) {
          return;
        }
        this.pick(this.found(this.choice)[this.active]);
        break;
      case 'Escape':
        if (!open) {
          return;
        }
        event.stopPropagation();
        this.close();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** @param {Choice} choice */
  template(choice) {
    const { id, testId = id, value, options, placeholder = '', invalid, describedBy } = choice;
    const open = this.text !== undefined;
    const found = open ? this.found(choice) : [];
    const chosen = options.find((option) => option.value === value)?.label ?? '';
    const list = `${id}-list`;
    const none = open && found.length === 0;
    const status = none ? 'None has these words.' : open ? plural(found.length, 'option') : '';
    return html`<span class="combobox">
      <input type="text" id=${id} role="combobox" autocomplete="off" spellcheck="false" data-testid=${testId} data-value=${value}
        aria-expanded=${open} aria-controls=${list} aria-autocomplete="list"
        aria-activedescendant=${found.length > 0 ? `${id}-option-${this.active}` : nothing}
        aria-invalid=${invalid ? 'true' : nothing} aria-describedby=${describedBy ?? nothing}
        placeholder=${(open && chosen) || placeholder} title=${open ? nothing : chosen} .value=${live(this.text ?? chosen)}
        @click=${() => this.open()} @blur=${() => this.close()}
        @input=${(/** @type {any} */ event) => { this.text = event.target.value; this.active = 0; this.refresh(); }}
        @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}>
      <span role="status" class="visually-hidden">${status}</span>
      <span class="combobox-found" ?hidden=${!open}>
        ${none ? html`<span class="combobox-none" aria-hidden="true">${status}</span>` : nothing}
        <span role="listbox" id=${list} class="combobox-list" aria-labelledby=${`${id}-label`} ?hidden=${found.length === 0}>
          ${this.groups(choice, found)}</span></span></span>`;
  }

  /** @param {Choice} choice @param {import('./field.js').Option[]} found */
  groups(choice, found) {
    return [...new Set(found.map(({ group }) => group))].map((heading, n) => {
      const list = found.map((option, i) => (option.group === heading ? this.option(choice, option, i) : nothing));
      const name = `${choice.id}-group-${n}`;
      return heading === undefined
        ? list
        : html`<span role="group" aria-labelledby=${name}><span class="combobox-group" id=${name} role="presentation">${heading}</span>${list}</span>`;
    });
  }

  /** @param {Choice} choice @param {import('./field.js').Option} option @param {number} i */
  option({ id, value: chosen }, option, i) {
    return html`<span role="option" id=${`${id}-option-${i}`} data-value=${option.value}
      class=${i === this.active ? 'combobox-option combobox-active' : 'combobox-option'} aria-selected=${option.value === chosen} aria-disabled=${option.disabled ? 'true' : nothing}
      @mousedown=${(/** @type {Event} */ event) => event.preventDefault()} @click=${() => this.pick(option)}>${option.label}</span>`;
  }
}

/** @type {(choice: Choice) => unknown} */
export const combobox = directive(Combobox);

/** A combobox with its label in front. @param {Choice & {label: string}} choice */
export const inlineCombobox = ({ label, ...choice }) => html`<span class="inline-field combobox-field">
  <label id=${`${choice.id}-label`} for=${choice.id}>${label}</label> ${combobox(choice)}</span>`;
