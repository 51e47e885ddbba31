/** Health and OpenAPI: open, they tell nothing about calls. */
import { app } from '@azure/functions';
import { getHealth, getOpenApi } from '../shared/http/endpoints/system.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { switchboard } from '../shared/start.ts';

app.http('health', {
  methods: ['GET'],
  route: 'health',
  authLevel: 'anonymous',
  handler: httpHandler(switchboard, getHealth),
});
app.http('openApi', {
  methods: ['GET'],
  route: 'openapi.json',
  authLevel: 'anonymous',
  handler: httpHandler(switchboard, getOpenApi),
});
