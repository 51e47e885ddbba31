/** People with a script: what they do when the app calls them. */

import { act, inTurn, onClick } from './act.js';
import { control } from './control.js';
import { byId, copyOf, fieldOf, part, setText } from './element.js';
import { keyedList } from './keyed-list.js';

/** @typedef {import('./state.js').Person} Person */

/** Texts for what a person does. @type {Record<string, string>} */
const REACTIONS = {
  ask: 'Ask me',
  answer: 'Answer',
  decline: 'Decline',
  busy: 'Busy',
  noAnswer: 'No answer',
  voicemail: 'Voicemail',
  unreachable: 'Unreachable',
  invalidNumber: 'Invalid number',
  incomingCall: 'Ring at an app',
};

/** The reactions that follow after a delay. */
const DELAYED = ['answer', 'decline', 'busy', 'voicemail', 'unreachable', 'invalidNumber'];

/** @returns {(state: import('./state.js').State) => void} */
export function peopleSection() {
  const form = /** @type {HTMLFormElement} */ (byId('people-form'));
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem('onRing'));
  select.append(...reactionOptions());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void act(form, async () => {
      await control.put(pathOf(fieldOf(form, 'id')), { onRing: fieldOf(form, 'onRing') });
      form.reset();
    });
  });
  const show = keyedList(byId('people-list'), ({ id }) => id, personRow);
  return ({ people }) => show(people);
}

/** @param {Person} first */
function personRow(first) {
  const element = copyOf('person-row');
  const onRing = /** @type {HTMLSelectElement} */ (part(element, 'on-ring'));
  const afterMs = /** @type {HTMLInputElement} */ (part(element, 'after-ms'));
  const queue = inTurn();
  let person = first;
  onRing.append(...reactionOptions());
  setText(part(element, 'id'), first.id);
  part(element, 'delete').setAttribute('aria-label', `Delete ${first.id}`);
  onClick(part(element, 'delete'), () => control.delete(pathOf(first.id)));
  element.addEventListener('change', () => {
    if (afterMs.reportValidity()) {
      const { id, ...script } = { ...person, onRing: onRing.value, afterMs: afterMs.valueAsNumber };
      queue(() => act(element, () => control.put(pathOf(id), script)));
    }
  });
  return {
    element,
    /** @param {Person} current */
    update(current) {
      person = current;
      // A row that is being edited is not overwritten.
      if (!element.contains(document.activeElement)) {
        onRing.value = current.onRing;
        afterMs.value = String(current.afterMs);
      }
      part(element, 'timeout').hidden = !DELAYED.includes(current.onRing);
      setText(part(element, 'steps'), stepsOf(current));
    },
  };
}

/** @param {Person} person */
function stepsOf({ then }) {
  return then.length === 0 ? '' : `Then ${then.map((step) => JSON.stringify(step)).join(', ')}`;
}

function reactionOptions() {
  return Object.entries(REACTIONS).map(([value, text]) => new Option(text, value));
}

/** @param {string} id */
function pathOf(id) {
  return `parties/${encodeURIComponent(id)}`;
}
