/** The API itself: whether it is healthy, and its description. Both are open, as they say nothing about calls. */
import * as z from 'zod';
import { defineEndpoint, type Endpoint } from '../endpoint.ts';
import { openApi } from '../openapi.ts';

const healthSchema = z
  .object({
    status: z.enum(['healthy', 'unhealthy']),
    checks: z.object({
      storage: z.object({ status: z.enum(['healthy', 'unhealthy']), detail: z.string().optional() }),
    }),
  })
  .meta({ id: 'Health' });

export const getHealth = defineEndpoint({
  name: 'health',
  summary: 'Whether the app can serve: storage responds. ACS has no request without an effect to ask it by',
  method: 'GET',
  path: 'health',
  success: [
    { status: 200, description: 'The app is healthy', schema: healthSchema },
    { status: 503, description: 'Table Storage does not respond', schema: healthSchema },
  ],
  roles: [],

  async handle(app) {
    const storage = await app.pingStorage().then(
      () => ({ status: 'healthy' as const }),
      () => ({ status: 'unhealthy' as const, detail: 'Table Storage does not respond' }),
    );
    const { status } = storage;
    return { body: { status, checks: { storage } }, status: status === 'healthy' ? 200 : 503 };
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
