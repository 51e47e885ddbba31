/** The calls that applications are in, and those that have ended. */

import { callCard } from './call-card.js';
import { byId, copyOf, part, setText } from './element.js';
import { keyedList } from './keyed-list.js';

/** @typedef {import('./state.js').Call} Call */

/** The most ended calls that are listed. */
const SHOWN_ENDED = 20;

/** @returns {(state: import('./state.js').State) => void} */
export function callsSection() {
  const showRunning = keyedList(byId('calls'), keyOf, callCard);
  const showEnded = keyedList(byId('ended-calls'), keyOf, endedLine);
  return ({ calls, ringing }) => {
    const running = calls.filter(({ state }) => state !== 'disconnected').reverse();
    const ended = calls.filter(({ state }) => state === 'disconnected').reverse();
    showRunning(running);
    showEnded(ended.slice(0, SHOWN_ENDED));
    byId('quiet').hidden = running.length + ringing.length > 0;
    byId('ended').hidden = ended.length === 0;
    setText(byId('ended-title'), `Ended calls (${ended.length})`);
  };
}

/** @param {Call} call */
function keyOf({ callConnectionId }) {
  return callConnectionId;
}

/** @param {Call} call */
function endedLine({ targets, callConnectionId }) {
  const element = copyOf('line');
  setText(part(element, 'text'), `${targets.join(', ') || 'joined'} · ${callConnectionId}`);
  return { element, update: () => undefined };
}
