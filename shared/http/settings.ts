/** The settings of the HTTP API. */
import * as z from 'zod';
import { wholeNumber } from '../setting.ts';
import type { StreamSettings } from './event-stream.ts';

const originPattern = /^https?:\/\/[^/?#@\s]+$/;

/** Below the 230 seconds after which Azure's load balancer cuts a connection, and the host's own 240. */
const longestStreamSeconds = 225;

export const httpShape = {
  STREAM_SECONDS: wholeNumber(1, longestStreamSeconds)
    .default(200)
    .meta({ description: 'How long a stream of events lasts before its client has to reconnect' }),
  STREAM_HEARTBEAT_SECONDS: wholeNumber(1, 60)
    .default(15)
    .meta({ description: 'After how long without an event a stream sends a heartbeat' }),
  STREAM_POLL_MILLISECONDS: wholeNumber(100, 10_000)
    .default(750)
    .meta({ description: 'How often a streamed call is read while it has readers; all of a process share the read' }),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter((origin) => origin !== ''))
    .pipe(
      z.array(
        z.literal('*').or(z.string().regex(originPattern, 'expected origins such as https://app.contoso.com, or *')),
      ),
    )
    .meta({
      description:
        'Origins whose scripts in a browser may call the API, such as `https://app.contoso.com`; none unless set',
    }),
};

interface Settings {
  readonly STREAM_SECONDS: number;
  readonly STREAM_HEARTBEAT_SECONDS: number;
  readonly STREAM_POLL_MILLISECONDS: number;
}

export function streamSettings(settings: Settings): StreamSettings {
  return {
    seconds: settings.STREAM_SECONDS,
    heartbeatSeconds: settings.STREAM_HEARTBEAT_SECONDS,
    pollMs: settings.STREAM_POLL_MILLISECONDS,
  };
}
