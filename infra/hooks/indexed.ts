/** Waits until Azure knows the functions of the app: it reads them out of the package some time after the deployment. */
import { setTimeout as pause } from 'node:timers/promises';
import { AzError, az } from '../az.ts';
import type { HookSettings } from './settings.ts';

/** The functions that a call comes to, by push and by its queue. */
const eventFunctions: readonly string[] = ['incomingCall', 'incomingCallFromQueue'];

/** Which of the functions are not in what `az functionapp function list` writes. */
export function missingFrom(json: string): readonly string[] {
  const listed = JSON.parse(json) as readonly { readonly name?: string }[];
  // Azure names a function `app/function`.
  const names = new Set(listed.map(({ name }) => name?.split('/').at(-1)));
  return eventFunctions.filter((name) => !names.has(name));
}

/** Resolves when both functions are there; rejects at once when waiting is of no use, or when the time is up. */
export async function waitUntilIndexed(settings: HookSettings, report: (line: string) => void): Promise<void> {
  const { waitMinutes, pauseSeconds } = settings;
  const until = performance.now() + waitMinutes * 60_000;
  for (;;) {
    const lacking = await whatIsLacking(settings);
    if (lacking === undefined) {
      return;
    }
    if (performance.now() + pauseSeconds * 1000 > until) {
      throw new Error(
        `Expected the functions ${eventFunctions.join(' and ')} within ${waitMinutes} minutes: ${lacking}. ` +
          'Look at the log of the app: one that does not start, for want of a setting, has no functions. ' +
          'Then run `azd hooks run postdeploy`.',
      );
    }
    report(`Waiting for the functions to be indexed: ${lacking}.`);
    await pause(pauseSeconds * 1000);
  }
}

async function whatIsLacking({ subscription, resourceGroup, parameters }: HookSettings): Promise<string | undefined> {
  const app = ['--subscription', subscription, '--resource-group', resourceGroup, '--name', parameters.functionAppName];
  try {
    const missing = missingFrom(await az(['functionapp', 'function', 'list', ...app, '--output', 'json']));
    return missing.length === 0 ? undefined : `${missing.join(', ')} not there yet`;
  } catch (error) {
    if (error instanceof AzError && error.mend === undefined) {
      return error.message;
    }
    throw error;
  }
}
