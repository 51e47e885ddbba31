/** The form with which a party calls the app. */

import { act } from './act.js';
import { control } from './control.js';
import { byId, fieldOf } from './element.js';
import { keyedList } from './keyed-list.js';

/** Fictitious numbers for a first call; afterwards the last ones. */
const FIRST = { from: '+14255550123', to: '+14255550100', displayName: '' };
const LAST_DIALLED = 'acs-emulator.dialled';

/** @typedef {import('./state.js').State} State */

/** @returns {(state: State) => void} */
export function dialSection() {
  const form = /** @type {HTMLFormElement} */ (byId('dial-form'));
  const noSubscriber = byId('no-subscriber');
  const showIds = keyedList(byId('known-ids'), (/** @type {string} */ id) => id, knownId);
  fill(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void act(form, () => dial(form));
  });
  return (state) => {
    noSubscriber.hidden = state.hasSubscriber;
    showIds(idsIn(state));
  };
}

/** @param {HTMLFormElement} form */
async function dial(form) {
  const from = fieldOf(form, 'from');
  const to = fieldOf(form, 'to');
  const displayName = fieldOf(form, 'displayName');
  await control.post('incoming-calls', { from, to, ...(displayName !== '' && { displayName }) });
  localStorage.setItem(LAST_DIALLED, JSON.stringify({ from, to, displayName }));
}

/** @param {HTMLFormElement} form */
function fill(form) {
  const values = { ...FIRST, ...JSON.parse(localStorage.getItem(LAST_DIALLED) ?? '{}') };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) {
      field.value = String(value);
    }
  }
}

/** The ids of all parties and participants. @param {State} state */
function idsIn({ people, calls, ringing }) {
  const ids = [
    ...people.map(({ id }) => id),
    ...ringing.flatMap(({ id, from }) => [id, from]),
    ...calls.flatMap(({ targets, participants }) => [...targets, ...participants.map(({ id }) => id)]),
  ];
  return [...new Set(ids)];
}

/** @param {string} id */
function knownId(id) {
  const element = document.createElement('option');
  element.value = id;
  return { element, update: () => undefined };
}
