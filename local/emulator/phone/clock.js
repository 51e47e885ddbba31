/** The manual clock, with buttons that advance it. */

import { onClick } from './act.js';
import { control } from './control.js';
import { byId, setText } from './element.js';

/** How far a click goes. @type {[string, number][]} */
const STEPS = [
  ['+200 ms', 200],
  ['+1 s', 1000],
  ['+10 s', 10_000],
  ['+1 min', 60_000],
  ['+5 min', 300_000],
];

/** @returns {(state: import('./state.js').State) => void} */
export function clockSection() {
  byId('clock-buttons').append(...STEPS.map(([text, advanceMs]) => stepButton(text, advanceMs)));
  return ({ clock: { mode, nowMs } }) => {
    byId('clock').hidden = mode === 'real';
    setText(byId('clock-now'), new Date(nowMs).toISOString().replace('T', ' ').replace('Z', ''));
  };
}

/** @param {string} text @param {number} advanceMs */
function stepButton(text, advanceMs) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-small';
  button.textContent = text;
  onClick(button, () => control.post('clock', { advanceMs }));
  return button;
}
