import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { combobox } from './combobox.js';

/**
 * A labelled control with its hint and, if its value is invalid, the error message.
 *
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {string} value
 * @property {string} [error]
 * @property {unknown} [hint]
 * @property {string} [unit]
 * @property {(value: string) => void} change
 */

/**
 * A message of the server, which begins with the name that the interface gives to a field, with the field's label instead.
 *
 * @param {{name: string, label: string, error?: string}} field
 */
function errorWords({ name, label, error = '' }) {
  const known = `${name.split('.').at(-1)} `;
  return error.startsWith(known) ? `${label} ${error.slice(known.length)}` : error;
}

/** @param {Pick<Field, 'name'|'label'|'error'|'hint'>} field @param {unknown} control */
function labelled({ name, label, error, hint }, control) {
  return html`<div class=${error ? 'field field-bad' : 'field'}>
    <label id=${`field-${name}-label`} for=${`field-${name}`}>${label}</label>
    ${control}
    ${hint ? html`<p class="hint" id=${`hint-${name}`}>${hint}</p>` : nothing}
    ${error ? html`<p class="error" id=${`error-${name}`} data-testid=${`error-${name}`}>${errorWords({ name, label, error })}</p>` : nothing}
  </div>`;
}

/** @param {Pick<Field, 'name'|'error'|'hint'>} field */
const described = ({ name, error, hint }) =>
  [hint && `hint-${name}`, error && `error-${name}`].filter(Boolean).join(' ') || nothing;

/** @param {Field & {mode?: string, placeholder?: string}} field placeholder: the default value */
export const textField = (field) =>
  labelled(
    field,
    html`<span class="control">
      <input id=${`field-${field.name}`} name=${field.name} type="text" autocomplete="off" spellcheck="false" inputmode=${field.mode ?? 'decimal'}
        .value=${live(field.value)} placeholder=${field.placeholder || nothing}
        aria-invalid=${field.error ? 'true' : nothing} aria-describedby=${described(field)} data-testid=${`field-${field.name}`}
        @input=${(/** @type {any} */ event) => field.change(event.target.value)}>
      ${field.unit ? html`<span class="unit" aria-hidden="true">${field.unit}</span>` : nothing}
    </span>`,
  );

/**
 * @param {Omit<Field, 'value'|'change'> & {file: File|undefined, disabled: boolean, change: (file: File|undefined) => void}} field
 */
export const fileField = (field) =>
  labelled(
    field,
    html`<input id=${`field-${field.name}`} name=${field.name} type="file" ?disabled=${field.disabled}
      aria-invalid=${field.error ? 'true' : nothing} aria-describedby=${described(field)} data-testid=${`field-${field.name}`}
      @change=${(/** @type {any} */ event) => field.change(event.target.files[0])}>`,
  );

/**
 * An option of a select, listed under the heading of its group.
 *
 * @typedef {{value: string, label: string, disabled?: boolean, group?: string}} Option
 */

/** @param {Option[]} options @param {string} chosen */
export const optionList = (options, chosen) =>
  [...new Set(options.map(({ group }) => group))].map((heading) => {
    const list = options
      .filter(({ group }) => group === heading)
      .map(
        ({ value, label, disabled }) =>
          html`<option value=${value} ?disabled=${disabled ?? false} .selected=${value === chosen}>${label}</option>`,
      );
    return heading === undefined ? list : html`<optgroup label=${heading}>${list}</optgroup>`;
  });

/** @param {Field & {options: Option[]}} field */
export const choiceField = (field) =>
  labelled(
    field,
    html`<select id=${`field-${field.name}`} name=${field.name} aria-invalid=${field.error ? 'true' : nothing}
        aria-describedby=${described(field)} data-testid=${`field-${field.name}`}
        @change=${(/** @type {any} */ event) => field.change(event.target.value)}>
      ${optionList(field.options, field.value)}
    </select>`,
  );

/**
 * A select in a line of text, such as a filter.
 *
 * @template {string|number} Value
 * @param {string} id for tests
 * @param {string} label
 * @param {(readonly [value: Value, words: unknown])[]} options
 * @param {Value|undefined} chosen
 * @param {(value: string) => void} choose
 */
export const inlineSelect = (id, label, options, chosen, choose) => html`<label class="inline-field">${label}
  <select data-testid=${id} @change=${(/** @type {any} */ event) => choose(event.target.value)}>
    ${options.map(([value, words]) => html`<option value=${value} .selected=${value === chosen}>${words}</option>`)}
  </select></label>`;

/** The same for a list that may be long: typing filters it. @param {Field & {options: Option[]}} field */
export const searchedField = (field) =>
  labelled(
    field,
    combobox({
      id: `field-${field.name}`,
      value: field.value,
      options: field.options,
      invalid: field.error,
      describedBy: described(field),
      change: field.change,
    }),
  );

/**
 * Adds an option for the current value if the list does not contain it (yet).
 *
 * @param {Option[]} options
 * @param {string} value
 */
export const including = (options, value) =>
  value === '' || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];

/**
 * @param {{id: string, label: unknown, checked: boolean, invalid?: boolean, change: (checked: boolean) => void}} field
 */
export const checkField = ({ id, label, checked, invalid = false, change }) => html`<label class="inline-field">
  <input type="checkbox" .checked=${live(checked)} aria-invalid=${invalid ? 'true' : nothing} data-testid=${`check-${id}`}
    @change=${(/** @type {any} */ event) => change(event.target.checked)}>${label}</label>`;
