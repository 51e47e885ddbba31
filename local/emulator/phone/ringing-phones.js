/** Phones that ring: those that wait for a person to decide, and those of the app that a person is calling. */

import { onClick } from './act.js';
import { control } from './control.js';
import { byId, copyOf, part, setText } from './element.js';
import { keyedList } from './keyed-list.js';

/** @typedef {import('./state.js').Ringing} Ringing */

const DECISIONS = ['answer', 'decline', 'busy', 'hang-up'];

/** Scripted phones are listed in their calls: a script decides before a person could. @returns {(state: import('./state.js').State) => void} */
export function ringingSection() {
  let nowMs = 0;
  const count = byId('ring-count');
  const show = keyedList(
    byId('ringing'),
    ({ ringingId }) => ringingId,
    (/** @type {Ringing} */ ringing) => ringingCard(ringing, () => nowMs),
  );
  return ({ ringing, clock }) => {
    nowMs = clock.mode === 'real' ? Date.now() : clock.nowMs;
    show(ringing.filter(({ decidedBy }) => decidedBy !== 'script'));
    const waiting = ringing.filter(({ decidedBy }) => decidedBy === 'person').length;
    count.hidden = waiting === 0;
    setText(count, `${waiting} ringing`);
    document.title = waiting === 0 ? 'Phone · ACS emulator' : `(${waiting}) Ringing · ACS emulator`;
  };
}

/** @param {Ringing} first @param {() => number} nowMs */
function ringingCard(first, nowMs) {
  const element = copyOf('ringing-card');
  for (const decision of DECISIONS) {
    onClick(part(element, decision), () => control.post(`ringing/${first.ringingId}/${decision}`));
  }
  return {
    element,
    /** @param {Ringing} ringing */
    update(ringing) {
      const { id, from, displayName, decidedBy, reason, ringsUntil } = ringing;
      const isAsked = decidedBy === 'person';
      const seconds = Math.max(0, Math.ceil((Date.parse(ringsUntil) - nowMs()) / 1000));
      setText(part(element, 'title'), isAsked ? `${id} is ringing` : `Ringing at the app: ${id}`);
      setText(part(element, 'caller'), `${displayName ? `${displayName}, ` : ''}${from} is calling`);
      setText(part(element, 'timeout'), `Counts as unanswered in ${seconds} s`);
      part(element, 'decisions').hidden = !isAsked;
      part(element, 'hang-up').hidden = reason === 'invited';
      setText(part(element, 'hang-up'), isAsked ? 'Caller hangs up' : 'Hang up');
      element.classList.toggle('ring-asked', isAsked);
    },
  };
}
