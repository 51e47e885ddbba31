/** One running call: its participants, its activities, and its ids. */

import { factsOf } from './call-facts.js';
import { copyOf, part, setText } from './element.js';
import { keyedList } from './keyed-list.js';
import { participantRow } from './participant-row.js';
import { settingRow } from './setting-row.js';

/** @typedef {import('./state.js').Call} Call */
/** @typedef {import('./state.js').Participant & {key: string}} KeyedParticipant */

/** The ids by which a call is found elsewhere. @type {[string, (call: Call) => string | undefined][]} */
const DETAILS = [
  ['Call connection', ({ callConnectionId }) => callConnectionId],
  ['Server call', ({ serverCallId }) => serverCallId],
  ['Correlation id', ({ correlationId }) => correlationId],
  ['Callback', ({ callbackUri }) => callbackUri],
  ['Operation context', ({ operationContext }) => operationContext],
];

/** @param {Call} first */
export function callCard(first) {
  const element = copyOf('call-card');
  let isOfTwo = true;
  const showParticipants = keyedList(
    part(element, 'participants'),
    ({ key }) => key,
    (/** @type {KeyedParticipant} */ participant) => participantRow(first.callConnectionId, participant, isOfTwo),
  );
  const showFacts = keyedList(part(element, 'facts'), ({ key }) => key, factLine);
  part(element, 'details').append(
    ...DETAILS.flatMap(([name, read]) => {
      const value = read(first);
      return value === undefined ? [] : [settingRow(name, value)];
    }),
  );
  return {
    element,
    /** @param {Call} call */
    update(call) {
      const { state } = call;
      setText(part(element, 'title'), titleOf(call));
      setText(part(element, 'state'), state);
      part(element, 'state').classList.toggle('badge-go', state === 'connected');
      isOfTwo = call.participants.length === 1;
      showFacts(factsOf(call));
      showParticipants(withKeys(call.participants));
    },
  };
}

/**
 * A number that was moved into the call twice is two participants with one raw id; each has a row of its own.
 *
 * @param {Call['participants']} participants
 * @returns {KeyedParticipant[]}
 */
function withKeys(participants) {
  return participants.map((participant, index) => {
    const before = participants.slice(0, index).filter(({ rawId }) => rawId === participant.rawId).length;
    return { ...participant, key: `${participant.rawId} ${before}` };
  });
}

/** @param {Call} call */
function titleOf({ room, group, targets, participants }) {
  if (room !== undefined || group !== undefined) {
    return room === undefined ? `Group call ${group}` : `Room ${room}`;
  }
  const people = participants.filter(({ isApplication }) => !isApplication).map(({ id }) => id);
  const ids = people.length > 0 ? people : targets;
  return `Call with ${ids.length === 1 ? ids[0] : `${ids.length} people`}`;
}

/** @param {import('./call-facts.js').Fact} first */
function factLine(first) {
  const element = document.createElement('li');
  element.className = `fact fact-${first.kind}`;
  return {
    element,
    /** @param {import('./call-facts.js').Fact} fact */
    update({ text }) {
      setText(element, text);
    },
  };
}
