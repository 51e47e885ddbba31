/** Where Chrome, Chromium and Edge are on a machine that has them: the usual places of each operating system. */

import { posix, win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Names of the command; distributions differ. */
const linuxCommands = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];
/** Where installers put the command when it is not on the path. */
const linuxFolders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/microsoft/msedge'];

const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];
/** Variables that name the folders of programs: of 64 bits, of 32 bits, and of one user. */
const windowsFolders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];

/** Every place where a browser may be, the first choice first; an operating system that is not listed has none. */
export function browserPlaces(platform: NodeJS.Platform, env: Environment): string[] {
  const given = (folders: readonly (string | undefined)[]) =>
    folders.filter((folder) => folder !== undefined && folder !== '') as string[];
  const within = (join: (...parts: string[]) => string, names: readonly string[], folders: readonly string[]) =>
    names.flatMap((name) => folders.map((folder) => join(folder, name)));
  switch (platform) {
    case 'linux':
      return within(posix.join, linuxCommands, [...new Set([...given((env.PATH ?? '').split(':')), ...linuxFolders])]);
    case 'darwin':
      return within(
        (folder, name) => posix.join(folder, 'Applications', `${name}.app`, 'Contents/MacOS', name),
        macApplications,
        given(['/', env.HOME]),
      );
    case 'win32':
      return within(win32.join, windowsPrograms, given(windowsFolders.map((name) => env[name])));
    default:
      return [];
  }
}
