/** createCall: place an outbound call to one target (1:1) or to several (group). */
import * as z from 'zod';
import { withBodyMembers } from '../../acs/client/request-scope.ts';
import { toWireContext } from '../../acs/wire/custom-context.ts';
import { toIdentifier, toInvitee } from '../../acs/wire/identifiers.ts';
import { metadataSchema } from '../../calls/labels.ts';
import { customContext } from '../fields/custom-context.ts';
import { isForOneNumber, oneNumberNeeded, sendDigits } from '../fields/dial-string.ts';
import { callerIdNeeded, hasCallerId, mediaOptions, operationInput, phoneNumber, queue } from '../fields/fields.ts';
import { callee } from '../fields/people.ts';
import { defineOperation } from '../operation.ts';
import { connectionOf, connectionResult, endsForEveryone, legOptions, sourceOf } from './leg.ts';

/** ACS-D50. */
const mostPeople = 350;

export const createCall = defineOperation({
  name: 'createCall',
  summary: 'Call a user or a phone number, or several of them as a group call',
  method: 'POST',
  path: 'calls',
  target: 'newCall',
  direction: 'outbound',
  input: operationInput({
    targets: z
      .array(callee)
      .min(1, 'expected at least one target')
      .max(mostPeople, `ACS takes ${mostPeople} people in a call`),
    callerId: phoneNumber.optional(),
    displayName: z.string().max(256).optional(),
    customContext: customContext.optional(),
    sendDigits,
    queue,
    metadata: metadataSchema.optional(),
    ...mediaOptions,
  })
    .refine(({ callerId, targets }) => hasCallerId(callerId, targets), callerIdNeeded)
    .refine(({ sendDigits: digits, targets }) => isForOneNumber(digits, targets), oneNumberNeeded),
  example: { targets: ['+14255550123'], callerId: '+14255550100' },
  // ACS stops ringing users after 85 s and phone numbers after 115 s: service limits page.
  result: connectionResult,
  settles: {
    by: 'event',
    success: ['CallConnected'],
    failure: ['CreateCallFailed'],
    withinSeconds: 150,
    connects: true,
  },
  undo: endsForEveryone,
  describes: ({ callerId: from, targets: to }) => ({ ...(from !== undefined && { from }), to }),
  invites: ({ targets: participants }) => ({ role: 'target', participants }),
  about: ({ targets }) => targets,
  digitsAfter: ({ sendDigits: digits, targets: [to] }) =>
    digits === undefined || to === undefined ? undefined : { to, digits },
  accepted: (call, { about }) => (about.length > 1 ? { ...call, isGroup: true } : call),

  async send({ acs, input, callbackUrl, cognitiveServicesEndpoint, options: common }) {
    const options = { ...common, ...legOptions(input, cognitiveServicesEndpoint) };
    const members = input.customContext ? { customCallingContext: toWireContext(input.customContext) } : {};
    const [target, ...others] = input.targets;
    const source = sourceOf(input);
    const created = await withBodyMembers(members, () =>
      target !== undefined && others.length === 0
        ? acs.createCall({ targetParticipant: toInvitee(target), ...source }, callbackUrl, options)
        : acs.createGroupCall(input.targets.map(toIdentifier), callbackUrl, { ...options, ...source }),
    );
    const { callConnectionProperties: properties } = created;
    return connectionOf(properties, properties.source);
  },
});
