/** Health and the API's own description. */
import { operations } from '../operations/index.ts';
import { type Answerer, json } from './handler.ts';
import { openApi } from './openapi.ts';

/** GET /health: 200 while storage answers, 503 otherwise. ACS has no operation that asks nothing, so it is not asked. */
export const getHealth: Answerer = async (app) => {
  const storage = await app.pingStorage().then(
    () => ({ status: 'healthy' }),
    () => ({ status: 'unhealthy', detail: 'Table Storage does not answer' }),
  );
  const { status } = storage;
  return json({ status, checks: { storage } }, status === 'healthy' ? 200 : 503);
};

/** GET /openapi.json */
export const getOpenApi: Answerer = async (app) => json(openApi(operations, app.urlOf('').replace(/\/$/, '')));
