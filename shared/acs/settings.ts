/** The settings by which callbacks and events are known to be of the ACS resource. */
import * as z from 'zod';
import { armId, guid, serviceUrl } from '../setting.ts';

const microsoftIssuer = 'https://acscallautomation.communication.azure.com';

export const senderShape = {
  ACS_RESOURCE_ID: guid('expected the immutable resource id of the ACS resource, a GUID').meta({
    description: 'Immutable resource id of the ACS resource: the audience of the tokens that callbacks carry',
  }),
  ACS_EVENT_TOPIC: armId().optional().meta({
    description: 'ARM id of the ACS resource: events of Event Grid that name another topic are refused',
    applies: 'Azure',
  }),
  ACS_CALLBACK_ISSUER: z.string().min(1).default(microsoftIssuer).meta({ description: 'Issuer of those tokens' }),
  ACS_CALLBACK_JWKS_URL: serviceUrl()
    .default(`${microsoftIssuer}/calling/keys`)
    .meta({ description: 'URL of the keys that sign those tokens' }),
};
