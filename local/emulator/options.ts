/** The options of an emulator, and their defaults. */

import { homedir } from 'node:os';
import { join } from 'node:path';

export type LogFormat = 'text' | 'json';

/** Every option may be left out. */
export interface EmulatorOptions {
  /** Port of the http listener, 9100 by default; 0 takes any free one. */
  readonly http?: number;
  /** Port of the https listener, 9101 by default; 0 takes any free one, false leaves it out. */
  readonly https?: number | false;
  /** Address to listen on, 127.0.0.1 by default. The control API answers this machine only, whatever is set here. */
  readonly host?: string;
  /** Access key in base64, `DEFAULT_ACCESS_KEY` by default. */
  readonly accessKey?: string;
  /** Where clients reach the emulator when that is not the listener itself, e.g. through a proxy. */
  readonly publicUrl?: string;
  /** Prints nothing about the traffic. */
  readonly quiet?: boolean;
  /** How the traffic is printed: `text`, a line for people, by default; `json`, a line with all that is logged, for programs. */
  readonly log?: LogFormat;
  /** Takes requests without a valid signature or token. */
  readonly noAuth?: boolean;
  /** Seed of all ids and chances, 42 by default. */
  readonly seed?: number;
  /** `real` by default; `manual` moves by `POST /emulator/clock` only. */
  readonly clock?: 'real' | 'manual';
  /**
   * Participants per page of a list, 1,000 by default: everyone in a call, for clients that never follow `nextLink`
   * (.NET). A small page lets a test reach the second one.
   */
  readonly participantsPageSize?: number;
  /** Longest file of a recording, 14,400 by default, which is ACS's limit; a longer recording has several files. */
  readonly recordingChunkSeconds?: number;
  /** Folder for the certificate authority and the signing key; the user's cache folder by default. */
  readonly cacheDirectory?: string;
}

export const DEFAULT_HTTP_PORT = 9100;
export const DEFAULT_HTTPS_PORT = 9101;
export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_SEED = 42;
/** ACS documents four hours. */
export const DEFAULT_RECORDING_CHUNK_SECONDS = 4 * 3600;

/** ACS's size is not documented; chosen here: more than the 350 participants that a call may have. */
export const DEFAULT_PARTICIPANTS_PAGE_SIZE = 1000;

/** The default key of every emulator: public on purpose, and without value in Azure. */
export const DEFAULT_ACCESS_KEY = Buffer.from('acs-emulator: public development key, not a secret').toString('base64');

/** The immutable resource id of every emulator: audience of its callback tokens and part of its users' ids. */
export const RESOURCE_ID = 'ac5e0000-0000-4000-8000-00000000e001';

/** The folder for keys that outlive the process. */
export function defaultCacheDirectory(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'acs-emulator');
}

/** Throws on an invalid option, before anything is opened. */
export function checkOptions(options: EmulatorOptions): void {
  const { accessKey, publicUrl, seed, http, https, recordingChunkSeconds: chunkSeconds = 1 } = options;
  const { participantsPageSize: pageSize = 1 } = options;
  if (accessKey !== undefined && !/^[A-Za-z0-9+/]+={0,2}$/.test(accessKey)) {
    throw new Error('The access key must be base64, as in a connection string of Azure Communication Services.');
  }
  if (publicUrl !== undefined && !/^https?:\/\/[^/?#]+\/?$/i.test(publicUrl)) {
    throw new Error(`The public URL must be http(s)://host[:port] with no path; it is "${publicUrl}".`);
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw new Error(`The seed must be a whole number; it is ${seed}.`);
  }
  if (!Number.isInteger(chunkSeconds) || chunkSeconds < 1 || chunkSeconds > DEFAULT_RECORDING_CHUNK_SECONDS) {
    const limit = `from 1 to ${DEFAULT_RECORDING_CHUNK_SECONDS}`;
    throw new Error(`The chunks of a recording must have a whole number of seconds ${limit}; it is ${chunkSeconds}.`);
  }
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new Error(`A page of participants must have a whole number of them, 1 or more; it is ${pageSize}.`);
  }
  for (const port of [http, https]) {
    if (typeof port === 'number' && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
      throw new Error(`A port must be a whole number from 0 to 65535; it is ${port}.`);
    }
  }
}
