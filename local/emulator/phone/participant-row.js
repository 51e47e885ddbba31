/** A participant of a call: hang up, press keys and speak as this participant. */

import { act, onClick } from './act.js';
import { control } from './control.js';
import { copyOf, fieldOf, part, setText } from './element.js';
import { keypad } from './keypad.js';

/** @typedef {import('./state.js').Participant} Participant */

/** @param {string} callConnectionId @param {Participant} participant @param {boolean} isOpen whether their keypad is unfolded */
export function participantRow(callConnectionId, { id, rawId, isApplication }, isOpen) {
  const element = copyOf('participant-row');
  const path = `calls/${callConnectionId}/participants/${encodeURIComponent(rawId)}`;
  const voice = /** @type {HTMLDetailsElement} */ (part(element, 'voice'));
  setText(part(element, 'id'), isApplication ? `${id} (application)` : id);
  part(element, 'hang-up').setAttribute('aria-label', `Hang up ${id}`);
  onClick(part(element, 'hang-up'), () => control.post(`${path}/hang-up`));
  part(element, 'hang-up').hidden = isApplication;
  voice.hidden = isApplication;
  voice.open = isOpen;
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
