/** Starting an instance and waiting for its end in one request. */

import { systemClock } from '../../clock.ts';
import { hasEnded, type Instance } from '../instance.ts';
import { answer, refusal } from './answers.ts';
import type { ApiRequest } from './endpoint.ts';
import { answerStatus } from './queries.ts';

/** Without a minimum, an interval of 0 would poll without a pause. */
const shortestPauseMs = 1;

/**
 * With `timeout` and `pollingInterval` in the query, waits and answers with the output of the instance, or with its status
 * when it failed or was terminated. Resolves to false, with nothing answered, when it has not ended in time, or is not to
 * be waited for.
 */
export async function answerWhenEnded(request: ApiRequest, id: string): Promise<boolean> {
  const { query, exchange } = request;
  const [timeoutSeconds, intervalSeconds] = [query.number('timeout'), query.number('pollingInterval')];
  if (timeoutSeconds === undefined || intervalSeconds === undefined) {
    return false;
  }
  if (intervalSeconds > timeoutSeconds) {
    throw refusal(400, `Total timeout ${timeoutSeconds} should be bigger than retry timeout ${intervalSeconds}`);
  }
  const instance = await waitFor(request, id, timeoutSeconds * 1000, intervalSeconds * 1000);
  if (instance === undefined) {
    return false;
  }
  if (instance.status === 'Completed') {
    answer(exchange.response, 200, JSON.parse(instance.output));
  } else {
    await answerStatus({ ...request, parameters: [id] }, false);
  }
  return true;
}

/** Polls until the instance has ended, the timeout is over, or the caller has disconnected. */
async function waitFor(
  { hub, exchange }: ApiRequest,
  id: string,
  timeoutMs: number,
  intervalMs: number,
): Promise<Instance | undefined> {
  const hungUp = new AbortController();
  exchange.response.once('close', () => hungUp.abort());
  const until = performance.now() + timeoutMs;
  for (;;) {
    const instance = (await hub.orchestrations.read(id))?.instance;
    if (instance !== undefined && hasEnded(instance)) {
      return instance;
    }
    const remainingMs = until - performance.now();
    const pauseMs = Math.max(shortestPauseMs, Math.min(intervalMs, remainingMs));
    if (remainingMs <= 0 || !(await systemClock.sleep(pauseMs, hungUp.signal))) {
      return undefined;
    }
  }
}
