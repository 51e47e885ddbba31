/** The triggers that change routing rules and explain what they make of a call. */
import { app } from '@azure/functions';
import { httpHandler } from '../shared/http/handler.ts';
import { deleteRoutingRule, explainRouting, putRoutingRule } from '../shared/http/routing-endpoints.ts';

const route = 'routing-rules/{ruleId}';

app.http('putRoutingRule', { methods: ['PUT'], route, authLevel: 'function', handler: httpHandler(putRoutingRule) });
app.http('deleteRoutingRule', {
  methods: ['DELETE'],
  route,
  authLevel: 'function',
  handler: httpHandler(deleteRoutingRule),
});
app.http('explainRouting', {
  methods: ['POST'],
  route: 'routing-rules/explain',
  authLevel: 'function',
  handler: httpHandler(explainRouting),
});
