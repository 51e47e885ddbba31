/**
 * Subscribes the app to its events, after each deployment: a subscription to a function that Azure does not know yet is
 * refused. What is subscribed already stays as it is.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AzError, az, runToEnd } from '../az.ts';
import { waitUntilIndexed } from './indexed.ts';
import { type HookSettings, readSettings } from './settings.ts';

const template = fileURLToPath(new URL('../events.bicep', import.meta.url));

/** Roles that were just granted are not known everywhere at once. */
const attempts = 4;

const report = (line: string) => console.log(line);

await runToEnd(async () => {
  const settings = readSettings(process.env);
  await waitUntilIndexed(settings, report);
  await deployEvents(settings);
  report('The app is subscribed to incoming calls, events of whole calls and files of recordings.');
}, 'Run `azd hooks run postdeploy` to try again.');

async function deployEvents({ subscription, resourceGroup, parameters, pauseSeconds }: HookSettings): Promise<void> {
  const where = ['--subscription', subscription, '--resource-group', resourceGroup, '--name', 'events'];
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const what = ['--template-file', template, '--parameters', ...given];
  for (let attempt = 1; ; attempt += 1) {
    try {
      await az(['deployment', 'group', 'create', ...where, ...what, '--output', 'none']);
      return;
    } catch (error) {
      if (attempt === attempts || !(error instanceof AzError) || error.mend !== undefined) {
        throw error;
      }
      report(`Attempt ${attempt} of ${attempts} failed, the next follows. ${error.message}`);
      await pause(pauseSeconds * 1000);
    }
  }
}
