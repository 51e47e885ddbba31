/** The folder with the data of `npm run dev`: held by one run at a time, and emptied where that is asked for. */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What the parts keep there; anything else in the folder is someone else's. */
const contents = ['azurite', 'host'];

/** Removes what earlier runs have stored. */
export async function emptyDataFolder(directory: string): Promise<void> {
  await Promise.all(contents.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}

/**
 * Holds the folder until the process ends or the returned function is called: a local socket named after the folder listens,
 * which no crash leaves behind in use. Throws when another run holds it; `run` is what that other run is called then.
 */
export async function holdDataFolder(directory: string, run: string): Promise<() => void> {
  await mkdir(directory, { recursive: true });
  const address = addressOf(await realpath(directory));
  const server = createServer((socket) => socket.on('error', () => {}).end(run));
  server.unref();
  if (!(await listens(server, address))) {
    const holder = await nameAt(address);
    if (holder === undefined) {
      // The process that listened has died, and on Unix its socket's file is still there.
      await rm(address, { force: true });
    }
    if (holder !== undefined || !(await listens(server, address))) {
      throw new Error(
        `The data folder ${directory} is in use${holder === undefined ? '' : ` by ${holder}`}: stop that run, or choose another folder with --data.`,
      );
    }
  }
  return () => void server.close();
}

function addressOf(folder: string): string {
  const name = `switchboard-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

async function listens(server: ReturnType<typeof createServer>, address: string): Promise<boolean> {
  try {
    await once(server.listen(address), 'listening');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      return false;
    }
    throw error;
  }
}

/** What the run that listens there is called; undefined when none does. */
async function nameAt(address: string): Promise<string | undefined> {
  try {
    return await text(connect(address));
  } catch {
    return undefined;
  }
}
