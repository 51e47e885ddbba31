/** The settings by which callbacks and events are known to be of the ACS resource. */
import * as z from 'zod';
import { armId, guid, serviceUrl, wholeNumber } from '../setting.ts';
import type { CallbackTokenSettings } from './webhook-token.ts';

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
  CALLBACK_REPLAY_SECONDS: wholeNumber(300, 86_400).default(600).meta({
    description:
      'How long after it was signed a token may be used, whatever its own expiry; ACS lets its tokens expire after 300',
  }),
  CALLBACK_CLOCK_SKEW_SECONDS: wholeNumber(0, 300)
    .default(30)
    .meta({ description: 'By how much the clocks of ACS and of the app may differ when a token is verified' }),
};

interface Settings {
  readonly ACS_RESOURCE_ID: string;
  readonly ACS_CALLBACK_ISSUER: string;
  readonly ACS_CALLBACK_JWKS_URL: string;
  readonly CALLBACK_REPLAY_SECONDS: number;
  readonly CALLBACK_CLOCK_SKEW_SECONDS: number;
}

export function callbackTokenSettings(settings: Settings): CallbackTokenSettings {
  return {
    issuer: settings.ACS_CALLBACK_ISSUER,
    jwksUrl: settings.ACS_CALLBACK_JWKS_URL,
    audience: settings.ACS_RESOURCE_ID,
    replaySeconds: settings.CALLBACK_REPLAY_SECONDS,
    clockSkewSeconds: settings.CALLBACK_CLOCK_SKEW_SECONDS,
  };
}
