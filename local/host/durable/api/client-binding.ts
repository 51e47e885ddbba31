/** The durableClient input: where the library finds the management API (recorded). */

import type { TypedData } from '../../app/rpc.ts';
import { type ApiAddress, idPlaceholder, managementUrls } from './urls.ts';

/** The binding's value. */
export function clientBinding(address: ApiAddress, hubName: string): TypedData {
  const { baseUrl, query } = address;
  const orchestrator = `${baseUrl}/orchestrators/{functionName}[/{instanceId}]`;
  const binding = {
    taskHubName: hubName,
    creationUrls: {
      createNewInstancePostUri: `${orchestrator}?${query}`,
      createAndWaitOnNewInstancePostUri: `${orchestrator}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${query}`,
    },
    managementUrls: managementUrls(address, idPlaceholder),
    baseUrl,
    requiredQueryStringParameters: query,
  };
  return { string: JSON.stringify(binding) };
}
