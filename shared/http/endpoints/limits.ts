/** Limits: of what may be dialed, of people in one request, and of redirects. */
import { limitsInput } from '../../limits/limits.ts';
import { defineEndpoint } from '../endpoint.ts';

export const getLimits = defineEndpoint({
  name: 'getLimits',
  summary: 'The limits in force',
  method: 'GET',
  path: 'limits',
  success: { status: 200, description: 'The limits', schema: limitsInput },
  roles: ['Admin'],

  async handle({ ledger }) {
    return { body: await ledger.limits.read() };
  },
});

export const putLimits = defineEndpoint({
  name: 'putLimits',
  summary: 'Replace the limits; the settings of the app hold for those that are left out',
  method: 'PUT',
  path: 'limits',
  body: limitsInput,
  example: { allowedDestinations: ['US', '+4420'], maxTargets: 10 },
  success: { status: 200, description: 'The limits in force', schema: limitsInput },
  roles: ['Admin'],

  async handle({ ledger }, { body }) {
    return { body: await ledger.limits.put(body) };
  },
});
