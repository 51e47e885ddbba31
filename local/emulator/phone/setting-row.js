/** A name and a value that can be copied. */

import { onClick } from './act.js';
import { copyOf, part, setText } from './element.js';

const SHOWN_MS = 1500;

/** @param {string} name @param {string} value */
export function settingRow(name, value) {
  const element = copyOf('setting');
  const copy = part(element, 'copy');
  setText(part(element, 'name'), name);
  setText(part(element, 'value'), value);
  copy.setAttribute('aria-label', `Copy ${name}`);
  onClick(copy, async () => {
    await navigator.clipboard.writeText(value);
    setText(copy, 'Copied');
    setTimeout(() => setText(copy, 'Copy'), SHOWN_MS);
  });
  return element;
}
