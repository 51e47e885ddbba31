/** HTTP triggers: a route of the host; the request is answered by `http/function-endpoint.ts`. */

import type { TriggerKind } from './trigger.ts';

export const httpTrigger: TriggerKind = {
  type: 'httpTrigger',
  honoursRetry: false,
  start(fn, { routes }) {
    const { template, methods } = routes.add(fn);
    return { route: template.text, ...(methods && { methods }) };
  },
};
