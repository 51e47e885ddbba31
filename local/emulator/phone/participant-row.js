/** Somebody in a call: hang up, press keys and speak as them. */

import { act, onClick } from './act.js';
import { control } from './control.js';
import { copyOf, fieldOf, part, setText } from './element.js';
import { keypad } from './keypad.js';

/** @typedef {import('./state.js').Participant} Participant */

/** Opened for as many as fit on a screen. */
const OPEN_FOR = 2;

/** @param {import('./state.js').Call} call @param {Participant} participant */
export function participantRow({ callConnectionId, participants }, { id, rawId, isApplication }) {
  const element = copyOf('participant-row');
  const path = `calls/${callConnectionId}/participants/${encodeURIComponent(rawId)}`;
  const voice = /** @type {HTMLDetailsElement} */ (part(element, 'voice'));
  setText(part(element, 'id'), isApplication ? `${id} (application)` : id);
  part(element, 'hang-up').setAttribute('aria-label', `Hang up ${id}`);
  onClick(part(element, 'hang-up'), () => control.post(`${path}/hang-up`));
  part(element, 'hang-up').hidden = isApplication;
  voice.hidden = isApplication;
  voice.open = participants.length <= OPEN_FOR;
  keypad(part(element, 'keypad'), part(element, 'pressed'), id, (tones) => control.post(`${path}/press`, { tones }));
  sayForm(part(element, 'say'), id, (words) => control.post(`${path}/say`, words));
  return {
    element,
    /** @param {Participant} current */
    update({ isMuted, isOnHold }) {
      part(element, 'muted').hidden = !isMuted;
      part(element, 'on-hold').hidden = !isOnHold;
    },
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {string} id
 * @param {(words: {text: string, confidence?: number}) => Promise<unknown>} say
 */
function sayForm(form, id, say) {
  form.setAttribute('aria-label', `Say something as ${id}`);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void act(form, async () => {
      const confidence = fieldOf(form, 'confidence');
      await say({ text: fieldOf(form, 'text'), ...(confidence !== '' && { confidence: Number(confidence) }) });
      form.reset();
    });
  });
}
