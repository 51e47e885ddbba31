/**
 * Which host the suites drive, by environment variables:
 *
 * - nothing set: the embedded host, in the process of the test, or in one of its own where a test kills it;
 * - `SWITCHBOARD_HOST_COMMAND`: another host, which this command starts anew for each test file. `{app}` becomes the folder
 *   of the app, `{port}` the port; the app's settings are in its environment. E.g. `func start --port {port}`.
 *
 * `SWITCHBOARD_HOST_KEY` is the master key of a host that enforces keys.
 */

/** A name that is set to nothing counts as not set. */
const set = (name: string) => process.env[name] || undefined;

export const hostCommand = set('SWITCHBOARD_HOST_COMMAND');
export const hostKey = set('SWITCHBOARD_HOST_KEY');
