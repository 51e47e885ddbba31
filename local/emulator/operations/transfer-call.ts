/** POST …:transferToParticipant: transfers a participant to another target. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import type { Connection, Participant } from '../calls/model.ts';
import { moveTo } from '../calls/move.ts';
import { joinAnswerer } from '../calls/participant.ts';
import { publishParticipants } from '../calls/participant-list.ts';
import {
  inviteFailure,
  NOT_PRESENT,
  type ResultInformation,
  SUCCESS,
  TRANSFEREE_NEEDED,
} from '../calls/result-information.ts';
import { ring } from '../calls/ringing-phone.ts';
import { newServerCall, othersThan } from '../calls/server-call.ts';
import { operationContextResponse, operationReference } from '../http/body-fields.ts';
import { customCallingContext } from '../http/custom-context.ts';
import { callee, identifier, phoneNumberIdentifier } from '../identifiers.ts';
import type { Resource } from '../resource.ts';
import { contextOf, establishedConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

/** ACS's limit for a transfer. */
const TRANSFER_SECONDS = 60;

const request = z.object({
  ...operationReference,
  targetParticipant: callee,
  transferee: identifier.optional(),
  customCallingContext,
  // Not required for a phone number: the target sees the transferee's.
  sourceCallerIdNumber: phoneNumberIdentifier.optional(),
});

export const transferToParticipant = defineOperation({
  name: 'transferToParticipant',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:transferToParticipant',
  status: 202,
  repeatable: 'openly',
  raises: ['CallTransferAccepted', 'CallTransferFailed'],
  failure: 'CallTransferFailed',
  request,
  response: operationContextResponse,

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    resource.clock.schedule(0, () => {
      const transferee = fail ?? findTransferee(connection, body);
      if ('subCode' in transferee) {
        return raiseFailed(resource, connection, body, transferee);
      }
      ringTarget(resource, connection, transferee, body);
    });
    return { body: contextOf(body), connection };
  },
});

type Request = z.output<typeof request>;

/** The named participant, or the only one; with several the request must name one. */
function findTransferee(connection: Connection, { transferee }: Request): Participant | ResultInformation {
  const others = othersThan(connection);
  if (transferee === undefined && others.length > 1) {
    return TRANSFEREE_NEEDED;
  }
  const found = transferee === undefined ? others[0] : connection.call.participants.get(transferee.rawId);
  return found ?? NOT_PRESENT;
}

function raiseFailed(
  resource: Resource,
  connection: Connection,
  body: Request,
  resultInformation: ResultInformation,
): void {
  raise(resource, connection, 'CallTransferFailed', { resultInformation }, body);
}

/** Transferee and target get a call of their own; the old one ends when the transferee was the last in it. */
function ringTarget(resource: Resource, connection: Connection, transferee: Participant, body: Request): void {
  const newCall = resource.calls.addCall(newServerCall(resource.random, resource.clock.now()));
  const left = connection.call;
  ring(resource, {
    call: newCall,
    caller: transferee.identifier,
    target: body.targetParticipant,
    customContext: body.customCallingContext,
    timeoutSeconds: TRANSFER_SECONDS,
    reason: 'invited',
    onAnswered: (answerer) => {
      const isPresent = left.participants.includes(transferee);
      if (!isPresent) {
        return raiseFailed(resource, connection, body, NOT_PRESENT);
      }
      const details = {
        transferTarget: answerer.identifier,
        transferee: transferee.identifier,
        resultInformation: SUCCESS,
      };
      raise(resource, connection, 'CallTransferAccepted', details, body);
      joinAnswerer(resource, newCall, answerer);
      moveTo(resource, transferee, left, newCall);
      publishParticipants(resource, newCall);
    },
    onFailed: (failure) => raiseFailed(resource, connection, body, inviteFailure(body.targetParticipant, failure)),
  });
}
