/** Subscribes an app that another host runs to its events as soon as it serves, and says meanwhile what is in the way. */

import { setTimeout as sleep } from 'node:timers/promises';
import { serves, statusAt } from './answers.ts';
import type { Ports } from './ports.ts';
import { urlAt } from './settings.ts';
import { subscribe } from './subscriptions.ts';

const retryMs = 500;

/** What an answer of the health endpoint means while it is not 200. */
const meanings: Readonly<Record<number, string>> = {
  401: 'another program listens on that port, or a proxy that asks for credentials',
  404: 'the host runs, but has no functions: its own output says why (a wrong setting, or no dist/, which "npm start" builds)',
  503: 'the app runs, but cannot reach its storage',
};

/**
 * Resolves once every subscription is made. An app that starts badly, or a handshake that fails, is reported with one line
 * for each new reason and tried again, because it is mended in the other terminal. Rejects only when `over` is aborted,
 * with its reason.
 */
export async function subscribeWhenUp(ports: Ports, over: AbortSignal, say: (line: string) => void): Promise<void> {
  let said: string | undefined;
  for (;;) {
    const obstacle = await attempt(ports);
    over.throwIfAborted();
    if (obstacle === undefined) {
      return;
    }
    if (obstacle !== said) {
      say(obstacle);
      said = obstacle;
    }
    await sleep(retryMs, undefined, { signal: over }).catch(() => over.throwIfAborted());
  }
}

/** What is in the way; undefined when the subscriptions are made. */
async function attempt(ports: Ports): Promise<string | undefined> {
  const health = serves(`${urlAt(ports.host)}/api/health`);
  const status = await statusAt(health.url);
  if (status === undefined) {
    return `Waiting for the app at ${urlAt(ports.host)}.`;
  }
  if (!health.isUp(status)) {
    const meaning = meanings[status] ?? 'the output of the host says why';
    return `${health.url} answers ${status}: ${meaning}. Trying again until it answers 200.`;
  }
  try {
    await subscribe(ports);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The app is up, but could not be subscribed to its events: ${reason}. ${keysHint}`;
  }
}

const keysHint = 'A host that asks for keys (--enableAuth) refuses the handshake: start it without. Trying again.';
