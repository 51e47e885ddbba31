/** POST …:sendDtmfTones: presses keys towards a phone. */

import * as z from 'zod';
import { TONE_NAMES } from '../calls/tones.ts';
import { anyCase, operationContextResponse, operationReference } from '../http/body-fields.ts';
import { identifier, isPhone } from '../identifiers.ts';
import { SendDtmf } from '../media/send-dtmf.ts';
import { contextOf, establishedConnection } from './mid-call.ts';
import { admit } from './mid-call-media.ts';
import { defineOperation } from './operation.ts';

export const sendDtmfTones = defineOperation({
  name: 'sendDtmfTones',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:sendDtmfTones',
  status: 202,
  repeatable: 'openly',
  raises: ['SendDtmfTonesCompleted', 'SendDtmfTonesFailed'],
  failure: 'SendDtmfTonesFailed',
  request: z.object({
    ...operationReference,
    tones: z.array(anyCase(TONE_NAMES)).min(1).max(18),
    targetParticipant: identifier.refine(isPhone, 'must be a phone number; tones can be sent only to phones'),
  }),
  response: operationContextResponse,

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const { operationContext, operationCallbackUri, tones, targetParticipant } = body;
    const target = targetParticipant.rawId;
    admit(
      resource,
      connection,
      new SendDtmf(resource, connection, { operationContext, operationCallbackUri, tones, target, fail }),
    );
    return { body: contextOf(body), connection };
  },
});
