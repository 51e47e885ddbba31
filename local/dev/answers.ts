/** Whether a server is up, by the status that a URL answers with. */

import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;
const requestTimeoutMs = 5000;

/** A URL, and the statuses by which its server counts as up. */
export interface Probe {
  readonly url: string;
  readonly isUp: (status: number) => boolean;
}

/** Up as soon as it answers, whatever the status: storage refuses a request without a signature. */
export const listens = (url: string): Probe => ({ url, isUp: (status) => status < 500 });

/** Up when the URL is served: a Functions host answers 404 while it has no functions. */
export const serves = (url: string): Probe => ({ url, isUp: (status) => status === 200 });

/** The status that the URL answers with; undefined when nothing answers there. */
export async function statusAt(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(requestTimeoutMs) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return undefined;
  }
}

/** Polls until the server is up. Rejects only when `signal` is aborted, with its reason. */
export async function untilUp({ url, isUp }: Probe, signal: AbortSignal): Promise<void> {
  for (;;) {
    const status = await statusAt(url);
    signal.throwIfAborted();
    if (status !== undefined && isUp(status)) {
      return;
    }
    await sleep(pollMs);
  }
}
