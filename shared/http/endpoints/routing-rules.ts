/** Routing rules: read, changed, and explained for a call that could ring. */
import * as z from 'zod';
import { AppError, invalidInput } from '../../errors.ts';
import { explain, explainInput, explanationSchema } from '../../routing/explain.ts';
import { loopThrough } from '../../routing/redirect-loops.ts';
import { actionErrors, routingRuleInput, routingRuleSchema, ruleIdPattern } from '../../routing/rule.ts';
import { deletedUnder, ifMatch, storedUnder, versionHeader, writeCondition } from '../conditional.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { noContent } from '../reply.ts';

/** All of them are read for each incoming call, in one storage transaction. */
const maxRoutingRules = 500;

export const listRoutingRules = defineList({
  name: 'listRoutingRules',
  summary: 'The routing rules',
  path: 'routing-rules',
  items: routingRuleSchema,
  roles: ['Calls.Read', 'Routing.Write'],

  handle: ({ routing }, { limit, position }) => routing.rules.list(limit, position),
});

export const getRoutingRule = defineEndpoint({
  name: 'getRoutingRule',
  summary: 'A routing rule',
  method: 'GET',
  path: 'routing-rules/{ruleId}',
  success: { status: 200, description: 'The rule', schema: routingRuleSchema },
  errors: ['routingRuleNotFound'],
  roles: ['Calls.Read', 'Routing.Write'],

  async find({ routing }, { ruleId }) {
    const rule = await routing.rules.read(ruleId);
    if (!rule) {
      throw unknownRule();
    }
    return rule;
  },

  version: ({ etag }) => ({ etag }),

  async handle(_app, { resource: { value } }) {
    return { body: value };
  },
});

const ruleId = z
  .string()
  .regex(ruleIdPattern, 'expected 1 to 64 of A to Z, a to z, 0 to 9, dot, dash and underscore')
  .meta({ description: 'Name of the routing rule' });

export const putRoutingRule = defineEndpoint({
  name: 'putRoutingRule',
  summary: 'Create or replace a routing rule',
  method: 'PUT',
  path: 'routing-rules/{ruleId}',
  params: { ruleId },
  headers: ifMatch,
  body: routingRuleInput,
  example: { priority: 10, match: { to: '+14255550100' }, action: { kind: 'reject', reason: 'busy' } },
  success: { status: 200, description: 'The rule as stored', schema: routingRuleSchema, headers: versionHeader },
  errors: ['tooManyRoutingRules', 'notSupported', 'destinationNotAllowed', 'preconditionFailed'],
  roles: ['Routing.Write'],

  async check({ ledger }, { fields }) {
    await ledger.limits.current();
    return actionErrors(fields.action, ledger.inputErrors);
  },

  async handle({ ledger, routing }, { path, body, received }) {
    const condition = await writeCondition(received.headers, () => routing.rules.read(path.ruleId));
    const rule = { ruleId: path.ruleId, ...body };
    const rules = await routing.rules.all();
    if (rules.length >= maxRoutingRules && rules.every(({ ruleId: other }) => other !== rule.ruleId)) {
      throw new AppError(
        'tooManyRoutingRules',
        `There are ${maxRoutingRules} routing rules, the most that there can be; delete one.`,
      );
    }
    if (rule.action.kind === 'redirect') {
      const loop = loopThrough(rule, rules, ledger.now());
      if (loop) {
        const chain = [...loop, rule.ruleId].join(' → ');
        const message = `expected a target from which no call comes back to this rule; these rules redirect in a loop: ${chain}`;
        throw invalidInput([{ path: 'action.target', message }]);
      }
    }
    return { body: rule, headers: storedUnder(await routing.rules.put(rule, condition)) };
  },
});

export const deleteRoutingRule = defineEndpoint({
  name: 'deleteRoutingRule',
  summary: 'Delete a routing rule',
  method: 'DELETE',
  path: 'routing-rules/{ruleId}',
  headers: ifMatch,
  success: { status: 204, description: 'The rule is deleted' },
  errors: ['routingRuleNotFound', 'preconditionFailed'],
  roles: ['Routing.Write'],

  async handle({ routing }, { path, received }) {
    const condition = await writeCondition(received.headers, () => routing.rules.read(path.ruleId));
    if (!deletedUnder(await routing.rules.delete(path.ruleId, condition))) {
      throw unknownRule();
    }
    return noContent;
  },
});

export const explainRouting = defineEndpoint({
  name: 'explainRouting',
  summary: 'Which rule would apply to a call, and why each other would not',
  method: 'POST',
  path: 'routing-rules/explain',
  body: explainInput,
  example: { from: '+14255550123', to: '+14255550100' },
  success: { status: 200, description: 'The rule, its action, and the other rules', schema: explanationSchema },
  reads: 'resources',
  roles: ['Calls.Read', 'Routing.Write'],

  async handle({ ledger, routing }, { body }) {
    return { body: await explain(routing, body, ledger.now()) };
  },
});

function unknownRule(): AppError {
  return new AppError('routingRuleNotFound', 'No routing rule has this id.');
}
