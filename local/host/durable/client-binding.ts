/** The durableClient input: where the library finds the management API (recorded). */

import type { TypedData } from '../app/rpc.ts';

/** The extension whose webhook the API is. */
export const extension = 'durabletask';

/** The binding's value. `origin` is the host's URL; `code`, if any, the key that opens the API. */
export function clientBinding(origin: string, hubName: string, code: string | undefined): TypedData {
  const baseUrl = `${origin}/runtime/webhooks/${extension}`;
  const query = new URLSearchParams({ taskHub: hubName, connection: 'Storage', ...(code !== undefined && { code }) });
  const post = (path: string, parameters = '') => `${baseUrl}/${path}?${parameters}${query}`;
  const instance = 'instances/INSTANCEID';
  const binding = {
    taskHubName: hubName,
    creationUrls: {
      createNewInstancePostUri: post('orchestrators/{functionName}[/{instanceId}]'),
      createAndWaitOnNewInstancePostUri: post(
        'orchestrators/{functionName}[/{instanceId}]',
        'timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&',
      ),
    },
    managementUrls: {
      id: 'INSTANCEID',
      statusQueryGetUri: post(instance),
      sendEventPostUri: post(`${instance}/raiseEvent/{eventName}`),
      terminatePostUri: post(`${instance}/terminate`, 'reason={text}&'),
      rewindPostUri: post(`${instance}/rewind`, 'reason={text}&'),
      purgeHistoryDeleteUri: post(instance),
      restartPostUri: post(`${instance}/restart`),
      suspendPostUri: post(`${instance}/suspend`, 'reason={text}&'),
      resumePostUri: post(`${instance}/resume`, 'reason={text}&'),
    },
    baseUrl,
    requiredQueryStringParameters: String(query),
  };
  return { string: JSON.stringify(binding) };
}
