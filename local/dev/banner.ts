/** What is printed once everything is up: where the parts are, and the first things to try. */

import { relative } from 'node:path';
import type { CommandLine } from './command-line.ts';
import { encryptionKeySetting } from './encryption-key.ts';
import { portTable } from './ports.ts';
import { settingsFor, storageAccount, urlAt } from './settings.ts';

/** Fictitious numbers. */
const customer = '+14255550123';
const business = '+14255550100';

/** The text. Every URL in it can be opened while the parts run. */
export function banner({ ports, dataDirectory, withHost }: CommandLine): string {
  const api = `${urlAt(ports.host)}/api`;
  const emulator = urlAt(ports.emulator);
  const rows = [
    ['API', api],
    ['OpenAPI', `${api}/openapi.json`],
    ['Health', `${api}/health`],
    ['ACS emulator', `${emulator}/emulator/settings`],
    ['  phone page', `${emulator}/emulator/`],
    ['  wire log', `${emulator}/emulator/log`],
    ['  calls', `${emulator}/emulator/calls`],
    ['Blob storage', `${urlAt(ports.blob)}/${storageAccount}`],
    ['Queue storage', `${urlAt(ports.queue)}/${storageAccount}`],
    ['Table storage', `${urlAt(ports.table)}/${storageAccount}`],
    ['Data', relative('.', dataDirectory) || '.'],
  ];
  return `
ACS Switchboard${withHost ? '' : ' (without the app)'}

${rows.map(([name = '', value]) => `  ${name.padEnd(16)}${value}`).join('\n')}

${withHost ? '' : `Start the app in another terminal:\n\n  ${startCommand({ ports, dataDirectory })}\n\n`}Place a call; the person at the other end is the emulator's, and answers:

  ${post(`${api}/calls`, { targets: [customer], callerId: business }, 'prefer: wait=10')}

Ring the app, then see the call that waits to be answered:

  ${post(`${emulator}/emulator/incoming-calls`, { from: customer, to: business })}
  curl -s '${api}/incoming-calls?status=ringing'

${withHost ? 'The app restarts when its source changes. ' : ''}Ctrl-C stops everything.
`;
}

function post(url: string, body: unknown, ...headers: readonly string[]): string {
  const written = ['content-type: application/json', ...headers].map((header) => `-H '${header}'`);
  return `curl -s ${url} ${written.join(' ')} -d '${JSON.stringify(body)}'`;
}

/**
 * The command that builds the app and runs it in Core Tools on these ports, for the shell of the platform. What is set in the
 * environment wins over local.settings.json there.
 */
export function startCommand(
  { ports, dataDirectory }: Pick<CommandLine, 'ports' | 'dataDirectory'>,
  platform: NodeJS.Platform = process.platform,
): string {
  const settings = Object.entries({ ...settingsFor(ports), ...encryptionKeySetting(dataDirectory) });
  const port = ports.host === portTable.host.usual ? '' : ` -- --port ${ports.host}`;
  const inPowerShell = ([name, value]: [string, string]) => `$env:${name}='${value}'; `;
  const inShell = ([name, value]: [string, string]) => `${name}='${value}' `;
  return `${settings.map(platform === 'win32' ? inPowerShell : inShell).join('')}npm start${port}`;
}
