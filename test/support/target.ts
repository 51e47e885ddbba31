/**
 * Which host the suites use, by environment variables:
 *
 * - nothing set: the embedded host, in the process of the test, or in one of its own where a test kills it;
 * - `SWITCHBOARD_HOST_COMMAND`: another host, which this command starts anew for each test file. `{app}` becomes the folder
 *   of the app, `{port}` the port; the app's settings are in its environment. E.g. `func start --port {port}`;
 * - `SWITCHBOARD_HOST_URL`: an app that runs already, whose PUBLIC_BASE_URL that is. Its emulator is at
 *   `SWITCHBOARD_EMULATOR_URL`, its storage has the connection string `SWITCHBOARD_STORAGE`; unless set, both are those that
 *   `npm run dev -- --no-host` starts. Nothing else may use them meanwhile.
 *
 * `SWITCHBOARD_HOST_KEY` is the master key of a host that enforces keys.
 */
import { portsFrom, portTable } from '../../local/dev/ports.ts';
import { storageConnectionString, urlAt } from '../../local/dev/settings.ts';

/** A name that is set to nothing counts as not set. */
const set = (name: string) => process.env[name] || undefined;

export const hostCommand = set('SWITCHBOARD_HOST_COMMAND');
export const hostKey = set('SWITCHBOARD_HOST_KEY');

const url = set('SWITCHBOARD_HOST_URL')?.replace(/\/+$/, '');
const usualPorts = portsFrom((name) => portTable[name].usual);

/** The app that runs already. */
export const runningApp = url && {
  url,
  emulatorUrl: set('SWITCHBOARD_EMULATOR_URL') ?? urlAt(usualPorts.emulator),
  storage: set('SWITCHBOARD_STORAGE') ?? storageConnectionString(usualPorts),
};
