/** The API itself: whether it is healthy, and its description. Both are open, as they say nothing about calls. */
import * as z from 'zod';
import { hasRefusedEvent } from '../../refused-events.ts';
import { defineEndpoint, type Endpoint } from '../endpoint.ts';
import { openApi } from '../openapi/document.ts';
import type { Reply } from '../reply.ts';

const healthSchema = z
  .object({
    status: z.enum(['healthy', 'unhealthy']),
    checks: z.object({
      storage: z
        .object({
          status: z.enum(['healthy', 'unhealthy']),
          detail: z.string().optional(),
          failing: z
            .array(z.object({ service: z.enum(['tables', 'blobs', 'queues']), error: z.string() }))
            .optional()
            .meta({ description: 'The services of storage that do not work' }),
        })
        .meta({ description: 'A row is written and read; the queues and the archive answer' }),
      events: z
        .object({ status: z.enum(['healthy', 'degraded']), detail: z.string().optional() })
        .meta({ description: 'Whether this instance has lately refused events that it can never process' }),
    }),
  })
  .meta({ id: 'Health' });

/** As long as the window of the alert on refused events. */
const refusalMinutes = 15;

export const getHealth = defineEndpoint({
  name: 'health',
  summary: 'Whether the app can serve: storage works. ACS has no request without an effect to ask it by',
  method: 'GET',
  path: 'health',
  success: [
    { status: 200, description: 'The app is healthy', schema: healthSchema },
    { status: 503, description: 'A service of storage does not work', schema: healthSchema },
  ],
  roles: [],

  async handle(app): Promise<Reply<z.output<typeof healthSchema>>> {
    const failing = await app.checkStorage();
    const status = failing.length === 0 ? 'healthy' : 'unhealthy';
    const detail = `Not working: ${failing.map(({ service }) => service).join(', ')}`;
    const storage = { status, ...(failing.length > 0 && { detail, failing: [...failing] }) } as const;
    const events = hasRefusedEvent(refusalMinutes)
      ? ({ status: 'degraded', detail: `Events were refused within ${refusalMinutes} minutes; see the log` } as const)
      : ({ status: 'healthy' } as const);
    return { body: { status, checks: { storage, events } }, status: status === 'healthy' ? 200 : 503 };
  },
});

/** The endpoint that describes the others and itself. */
export function openApiEndpoint(others: readonly Endpoint[]): Endpoint {
  const documents = new Map<string, ReturnType<typeof openApi>>();
  const endpoint: Endpoint = defineEndpoint({
    name: 'openApi',
    summary: 'This description of the API, in OpenAPI 3.1',
    method: 'GET',
    path: 'openapi.json',
    success: {
      status: 200,
      description: 'The OpenAPI document',
      schema: z.looseObject({ openapi: z.string() }),
    },
    roles: [],

    async handle(app) {
      // Made once for an app, because it takes as long as many other requests together.
      const url = app.urlOf('').replace(/\/$/, '');
      const document = documents.get(url) ?? openApi([...others, endpoint], url);
      documents.set(url, document);
      return { body: document };
    },
  });
  return endpoint;
}
