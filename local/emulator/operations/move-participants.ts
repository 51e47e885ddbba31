/** POST …/participants:moveHere: moves participants here from another call of the application. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import type { Connection } from '../calls/model.ts';
import { moveTo } from '../calls/move.ts';
import { callParticipant, describeParticipant, publishParticipants } from '../calls/participant-list.ts';
import { NOT_PRESENT, SUCCESS } from '../calls/result-information.ts';
import { operationReference } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { contextOf, establishedConnection, liveConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const moveParticipants = defineOperation({
  name: 'moveParticipants',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:moveHere',
  status: 202,
  repeatable: 'openly',
  raises: ['MoveParticipantSucceeded', 'MoveParticipantFailed', 'ParticipantsUpdated'],
  failure: 'MoveParticipantFailed',
  request: z.object({
    ...operationReference,
    /** The call connection id of the call they are in now. */
    fromCall: z.string().min(1),
    targetParticipants: z.array(identifier).min(1).max(350),
  }),
  response: z.strictObject({
    participants: z.array(callParticipant),
    operationContext: z.string().optional(),
    fromCall: z.string(),
  }),

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const from = liveConnection({ resource, path: { callConnectionId: body.fromCall } });
    const { fromCall, targetParticipants } = body;
    const participants = targetParticipants.map((target) => {
      const present = from.call.participants.get(target.rawId);
      return present === undefined ? { identifier: target, isMuted: false } : describeParticipant(present);
    });
    const move = (to: Connection): void => {
      for (const target of targetParticipants) {
        const moving = fail === undefined ? from.call.participants.all(target.rawId) : [];
        const resultInformation = fail ?? (moving.length === 0 ? NOT_PRESENT : SUCCESS);
        const kind = moving.length > 0 ? 'MoveParticipantSucceeded' : 'MoveParticipantFailed';
        raise(resource, to, kind, { participant: target, fromCall, resultInformation }, body);
        for (const participant of moving) {
          moveTo(resource, participant, from.call, to.call);
        }
      }
      publishParticipants(resource, to.call);
    };
    resource.clock.schedule(0, () => {
      if (connection.state === 'connected') {
        move(connection);
      }
    });
    return { body: { participants, fromCall, ...contextOf(body) }, connection };
  },
});
