/** Whether a server is up. */

import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;
const patienceMs = 5000;

/** True when the URL answers with a status below 500; false when nobody listens, or who listens says it cannot serve yet. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}

/** Asks until the URL answers. Rejects only when `signal` is aborted, with its reason. */
export async function answering(url: string, signal: AbortSignal): Promise<void> {
  while (!(await answers(url))) {
    signal.throwIfAborted();
    await sleep(pollMs);
  }
  signal.throwIfAborted();
}
