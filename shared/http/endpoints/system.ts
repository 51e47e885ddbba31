/** Health and the API's own description. */
import { operations } from '../../operations/index.ts';
import { type Handler, json } from '../handler.ts';
import { openApi } from '../openapi.ts';

/** GET /health: 200 while storage answers, 503 otherwise. ACS has no operation that asks nothing, so it is not asked. */
export const getHealth: Handler = async (app) => {
  const storage = await app.pingStorage().then(
    () => ({ status: 'healthy' }),
    () => ({ status: 'unhealthy', detail: 'Table Storage does not answer' }),
  );
  const { status } = storage;
  return json({ status, checks: { storage } }, status === 'healthy' ? 200 : 503);
};

/** The descriptions made so far, by the URL of the API. */
const described = new Map<string, string>();

/** GET /openapi.json: made once for an app, because it takes as long as many other requests together. */
export const getOpenApi: Handler = async (app) => {
  const url = app.urlOf('').replace(/\/$/, '');
  const body = described.get(url) ?? JSON.stringify(openApi(operations, url));
  described.set(url, body);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
};
