/** The injected faults, and removing them. */

import { onClick } from './act.js';
import { control } from './control.js';
import { byId, copyOf, part, setText } from './element.js';
import { keyedList } from './keyed-list.js';

/** @typedef {import('./state.js').Fault} Fault */

/** @returns {(state: import('./state.js').State) => void} */
export function faultsSection() {
  const show = keyedList(byId('faults-list'), ({ id }) => id, faultLine);
  onClick(byId('faults-clear'), () => control.delete('faults'));
  return ({ faults }) => {
    byId('faults').hidden = faults.length === 0;
    show(faults);
  };
}

/** @param {Fault} first */
function faultLine(first) {
  const element = copyOf('line');
  const clear = document.createElement('button');
  clear.type = 'button';
  clear.className = 'button button-small';
  clear.textContent = 'Clear';
  clear.setAttribute('aria-label', `Clear the fault on ${first.match}`);
  onClick(clear, () => control.delete(`faults/${first.id}`));
  element.append(clear);
  return {
    element,
    /** @param {Fault} fault */
    update({ match, do: action, used, times, probability }) {
      const chance = probability === undefined ? '' : `, chance ${probability}`;
      const left = times === undefined ? `happened ${used} times` : `happened ${used} of ${times} times`;
      setText(part(element, 'text'), `${match}: ${JSON.stringify(action)}${chance}, ${left}`);
    },
  };
}
