/** Instances that rows begin with. */

import type { DurableApi } from '../support.ts';
import { newId } from './row.ts';

/** An instance that waits for an event. */
export async function running({ start, becomes }: DurableApi): Promise<string> {
  const id = await start('untilEvent', 'in', newId());
  await becomes(id, ({ runtimeStatus }) => runtimeStatus === 'Running');
  return id;
}

export async function completed({ start, ended }: DurableApi): Promise<string> {
  const id = await start('chain', ['Ann'], newId());
  await ended(id);
  return id;
}

export async function failed({ start, ended }: DurableApi): Promise<string> {
  const id = await start('throws', 1, newId());
  await ended(id);
  return id;
}
