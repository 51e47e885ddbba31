/** Calls that an earlier run left open: the emulator keeps its calls in memory, and no longer knows them. */

import { urlAt } from './settings.ts';

/**
 * Has the app compare its open calls with the emulator at once instead of within a quarter of an hour, by the way in which
 * Azure Functions runs a timer by hand. Resolves to what is in the way, if anything is.
 */
export async function endLeftOverCalls(hostPort: number): Promise<string | undefined> {
  const url = `${urlAt(hostPort)}/admin/functions/reconciliation`;
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  const answer = await fetch(url, request).then(
    ({ status }) => status,
    () => 'nothing',
  );
  return answer === 202 ? undefined : `Calls of an earlier run end within 15 minutes: ${url} answers ${answer}.`;
}
