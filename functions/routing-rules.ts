/** The triggers that change routing rules. */
import { app } from '@azure/functions';
import { httpHandler } from '../shared/http/handler.ts';
import { deleteRoutingRule, putRoutingRule } from '../shared/http/routing-endpoints.ts';

const route = 'routing-rules/{ruleId}';

app.http('putRoutingRule', { methods: ['PUT'], route, authLevel: 'function', handler: httpHandler(putRoutingRule) });
app.http('deleteRoutingRule', {
  methods: ['DELETE'],
  route,
  authLevel: 'function',
  handler: httpHandler(deleteRoutingRule),
});
