/** Announces the changes of the page to screen readers. */

import { byId, setText } from './element.js';

/** @typedef {import('./state.js').State} State */

/** @returns {(state: State) => void} */
export function announcer() {
  const voice = byId('announcer');
  /** @type {State | undefined} */
  let before;
  return (state) => {
    const changed = before === undefined || before === state ? [] : changes(before, state);
    before = state;
    if (changed.length > 0) {
      setText(voice, changed.join(' '));
    }
  };
}

/** @param {State} before @param {State} after */
function changes(before, after) {
  const rang = new Set(before.ringing.map(({ ringingId }) => ringingId));
  const states = new Map(before.calls.map(({ callConnectionId, state }) => [callConnectionId, state]));
  const rings = after.ringing
    .filter(({ ringingId, decidedBy }) => decidedBy === 'person' && !rang.has(ringingId))
    .map(({ id, from }) => `${id} is ringing, ${from} is calling.`);
  const calls = after.calls
    .filter(({ callConnectionId, state }) => states.get(callConnectionId) !== state)
    .map(({ targets, state }) => `The call with ${targets.join(', ') || 'a room or group'} is ${state}.`);
  return [...rings, ...calls];
}
