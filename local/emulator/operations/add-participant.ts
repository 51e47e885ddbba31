/** POST …/participants:add: invites a participant into the call. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import { APPLICATION } from '../calls/application.ts';
import type { Connection } from '../calls/model.ts';
import { joinAnswerer } from '../calls/participant.ts';
import { callParticipant, publishParticipants } from '../calls/participant-list.ts';
import { DIAL_OUT_DISABLED, inviteFailure, type ResultInformation, SUCCESS } from '../calls/result-information.ts';
import { ring, ringSeconds } from '../calls/ringing-phone.ts';
import { operationReference } from '../http/body-fields.ts';
import { customCallingContext } from '../http/custom-context.ts';
import { callee, isPhone, phoneNumberIdentifier } from '../identifiers.ts';
import type { Resource } from '../resource.ts';
import { checkCallerId, contextOf, establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

const request = z.object({
  ...operationReference,
  participantToAdd: callee,
  sourceCallerIdNumber: phoneNumberIdentifier.optional(),
  sourceDisplayName: z.string().optional(),
  invitationTimeoutInSeconds: z.int().min(0).max(180).optional(),
  customCallingContext,
});

export const addParticipant = defineOperation({
  name: 'addParticipant',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:add',
  status: 202,
  repeatable: 'openly',
  raises: ['AddParticipantSucceeded', 'AddParticipantFailed', 'ParticipantsUpdated'],
  failure: 'AddParticipantFailed',
  request,
  response: z.strictObject({
    participant: callParticipant,
    operationContext: z.string().optional(),
    invitationId: z.guid(),
  }),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    checkCallerId(resource, [body.participantToAdd], body.sourceCallerIdNumber);
    const invitationId = resource.random.guid();
    const failure = fail ?? (mayDialOut(resource, connection, body) ? undefined : DIAL_OUT_DISABLED);
    if (failure === undefined) {
      invite(resource, connection, invitationId, body);
    } else {
      resource.clock.schedule(0, () => raiseFailed(resource, connection, body, failure));
    }
    const participant = { identifier: body.participantToAdd, isMuted: false };
    return { body: { participant, invitationId, ...contextOf(body) }, connection };
  },
});

type Request = z.output<typeof request>;

/** A phone number can be added to a room only when PSTN dial-out is enabled for it. */
function mayDialOut(resource: Resource, { call }: Connection, { participantToAdd }: Request): boolean {
  if (!isPhone(participantToAdd) || call.kind !== 'room') {
    return true;
  }
  return resource.rooms.get(call.joinId ?? '')?.pstnDialOutEnabled === true;
}

function invite(resource: Resource, connection: Connection, invitationId: string, body: Request): void {
  const participant = body.participantToAdd;
  const ringing = ring(resource, {
    call: connection.call,
    caller: body.sourceCallerIdNumber ?? connection.terms.sourceCallerId ?? APPLICATION,
    callerDisplayName: body.sourceDisplayName,
    target: participant,
    customContext: body.customCallingContext,
    // The default timeout is not documented; chosen here: that of a call of its own.
    timeoutSeconds: body.invitationTimeoutInSeconds ?? ringSeconds(participant),
    reason: 'invited',
    onAnswered: (answerer) => {
      connection.invitations.delete(invitationId);
      joinAnswerer(resource, connection.call, answerer);
      raise(
        resource,
        connection,
        'AddParticipantSucceeded',
        { participant: answerer.identifier, resultInformation: SUCCESS },
        body,
      );
      publishParticipants(resource, connection.call);
    },
    onFailed: (failure) => {
      connection.invitations.delete(invitationId);
      raiseFailed(resource, connection, body, inviteFailure(participant, failure));
    },
  });
  connection.invitations.set(invitationId, ringing);
}

function raiseFailed(
  resource: Resource,
  connection: Connection,
  body: Request,
  resultInformation: ResultInformation,
): void {
  raise(resource, connection, 'AddParticipantFailed', { participant: body.participantToAdd, resultInformation }, body);
  publishParticipants(resource, connection.call);
}
