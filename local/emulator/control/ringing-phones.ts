/** /emulator/ringing: the phones that ring now, and answering, declining or hanging up by hand. */

import { leave } from '../calls/call-end.ts';
import type { RingingPhone } from '../calls/model.ts';
import { hungUpBy } from '../calls/result-information.ts';
import { displayedCaller } from '../calls/ringing-phone.ts';
import { AcsError } from '../http/acs-error.ts';
import { publicId } from '../parties/party.ts';
import type { Resource } from '../resource.ts';
import { defineEndpoint } from './endpoint.ts';
import { notFound } from './not-found.ts';

const listRinging = defineEndpoint({
  method: 'GET',
  path: '/ringing',
  run: ({ resource }) => ({ ringing: resource.calls.ringing().map(describeRinging) }),
});

/** What a person can do with a phone that rings; a script may act first. */
const DECISIONS = {
  answer: (ringing: RingingPhone) => ringing.answered(),
  decline: (ringing: RingingPhone) => ringing.failed('declined'),
  busy: (ringing: RingingPhone) => ringing.failed('busy'),
};

const decisions = Object.entries(DECISIONS).map(([name, decide]) =>
  defineEndpoint({
    method: 'POST',
    path: `/ringing/{ringingId}/${name}`,
    run({ resource, path }) {
      const ringing = ringingOf(resource, path.ringingId);
      if (ringing.decidedBy === 'application') {
        throw new AcsError(
          409,
          'Conflict',
          'The call rings at an application, and only it can answer or reject the call.',
        );
      }
      decide(ringing);
    },
  }),
);

const hangUp = defineEndpoint({
  method: 'POST',
  path: '/ringing/{ringingId}/hang-up',
  run({ resource, path }) {
    const { call, caller } = ringingOf(resource, path.ringingId).invite;
    const waiting = call.participants.get(caller.rawId);
    if (waiting === undefined || waiting.leg !== undefined) {
      throw new AcsError(
        409,
        'Conflict',
        'An application is the caller, and only it can hang up; parties can be hung up by hand.',
      );
    }
    leave(resource, waiting, hungUpBy(waiting));
  },
});

export const ringing = [listRinging, ...decisions, hangUp];

/** A phone that rings, in the list of all and in its call. */
export function describeRinging({ ringingId, invite, decidedBy, untilMs }: RingingPhone) {
  const { target, callerDisplayName, call, reason } = invite;
  return {
    ringingId,
    id: publicId(target),
    rawId: target.rawId,
    from: publicId(displayedCaller(invite)),
    displayName: callerDisplayName,
    reason,
    decidedBy,
    ringsUntil: new Date(untilMs).toISOString(),
    serverCallId: call.serverCallId,
  };
}

function ringingOf(resource: Resource, ringingId = ''): RingingPhone {
  const found = resource.calls.ringing().find((each) => each.ringingId === ringingId.toLowerCase());
  if (found === undefined) {
    throw notFound(`ringing phone ${ringingId}; it was answered, or no longer rings`);
  }
  return found;
}
