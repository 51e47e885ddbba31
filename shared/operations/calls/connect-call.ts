/** connectCall: join a call that others started, by its room, server call or group id. */

import { metadataSchema } from '../../calls/labels.ts';
import { locatorSchema } from '../../calls/locator.ts';
import { mediaOptions, operationInput, queue } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';
import { hangUp } from './hang-up.ts';
import { connectionOf, connectionResult, legOptions } from './leg.ts';

export const connectCall = defineOperation({
  name: 'connectCall',
  summary: 'Connect to an ongoing call: a room call, a server call or a group call',
  method: 'POST',
  path: 'calls/connect',
  target: 'newCall',
  direction: 'joined',
  input: operationInput({
    locator: locatorSchema,
    queue,
    metadata: metadataSchema.optional(),
    ...mediaOptions,
  }),
  example: { locator: { kind: 'group', id: '2f1d9b7c-6b1e-4f0e-9c59-5b7d8c2e3a41' } },
  result: connectionResult,
  settles: { by: 'event', success: ['CallConnected'], failure: ['ConnectFailed'], withinSeconds: 60, connects: true },
  describes: ({ locator }) => ({ locator }),
  // A call that others started goes on without Switchboard.
  undo: { whileOpen: { by: hangUp }, afterSuccess: { by: hangUp } },

  async send({ acs, input, callbackUrl, cognitiveServicesEndpoint, options }) {
    // A fresh literal each time: the SDK writes its wire fields into the locator that it is given.
    const call = { kind: `${input.locator.kind}CallLocator`, id: input.locator.id } as const;
    const connected = await acs.connectCall(call, callbackUrl, {
      ...options,
      ...legOptions(input, cognitiveServicesEndpoint),
    });
    return connectionOf(connected.callConnectionProperties);
  },
});
