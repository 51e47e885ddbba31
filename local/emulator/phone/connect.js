/** The settings with which an app uses this emulator. */

import { control } from './control.js';
import { byId } from './element.js';
import { settingRow } from './setting-row.js';

/** Names of the settings, in the order of use. @type {[string, string][]} */
const SETTINGS = [
  ['Connection string', 'connectionString'],
  ['Connection string (https)', 'httpsConnectionString'],
  ['CA file, for Node.js', 'caFile'],
  ['CA bundle, for Python and .NET', 'bundleFile'],
  ['Callback issuer', 'issuer'],
  ['Callback key set', 'jwksUrl'],
  ['Callback configuration', 'configurationUrl'],
  ['Callback audience', 'audience'],
];

/** Shows the settings; they stay the same as long as the emulator runs. */
export async function showConnection() {
  const settings = await control.get('settings');
  byId('settings').replaceChildren(
    ...SETTINGS.filter(([, name]) => settings[name] !== undefined).map(([label, name]) =>
      settingRow(label, settings[name]),
    ),
  );
}
