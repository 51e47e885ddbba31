/** The routing rules over HTTP. */
import * as z from 'zod';
import { AppError } from '../../errors.ts';
import { parseInput } from '../../operations/parse-input.ts';
import { explain, explainInput } from '../../routing/explain.ts';
import { actionErrors, routingRuleInput, ruleIdPattern } from '../../routing/rule.ts';
import { type Handler, json } from '../handler.ts';
import { pathParameter } from '../path.ts';
import { noQuery, pageParameters, readQuery } from '../query.ts';
import { readObject } from '../read-body.ts';

/** GET /routing-rules */
export const listRoutingRules: Handler = async ({ routing }, request) => {
  const { limit, cursor } = readQuery(request, z.strictObject(pageParameters));
  return json(await routing.rules.list(limit, cursor));
};

/** GET /routing-rules/{ruleId} */
export const getRoutingRule: Handler = async ({ routing }, request) => {
  const rule = await routing.rules.get(pathParameter(request, 'ruleId'));
  if (!rule) {
    throw unknownRule();
  }
  readQuery(request, noQuery);
  return json(rule);
};

/** PUT /routing-rules/{ruleId} */
export const putRoutingRule: Handler = async ({ ledger, routing }, request) => {
  const { fields, faults } = await readObject(request);
  const ruleId = pathParameter(request, 'ruleId');
  const named = ruleIdPattern.test(ruleId)
    ? []
    : [{ path: 'ruleId', message: 'expected 1 to 64 letters, digits, dots, dashes or underscores' }];
  const ofAction = actionErrors(fields.action, ledger.notifier.notifyUrlErrors);
  const rule = { ruleId, ...parseInput({ input: routingRuleInput }, fields, [...named, ...faults, ...ofAction]) };
  await routing.rules.put(rule);
  return json(rule);
};

/** DELETE /routing-rules/{ruleId} */
export const deleteRoutingRule: Handler = async ({ routing }, request) => {
  if (!(await routing.rules.delete(pathParameter(request, 'ruleId')))) {
    throw unknownRule();
  }
  return { status: 204 };
};

/** POST /routing-rules/explain */
export const explainRouting: Handler = async ({ ledger, routing }, request) => {
  const { fields, faults } = await readObject(request);
  const asked = parseInput({ input: explainInput }, fields, faults);
  return json(await explain(routing, asked, ledger.now()));
};

function unknownRule(): AppError {
  return new AppError('routingRuleNotFound', 'No routing rule has this id.');
}
