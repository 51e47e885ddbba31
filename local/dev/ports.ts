/** The ports of the parts: the usual ones, whether they are free, and free ones instead. */

import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Everything listens on this machine only. */
export const loopback = '127.0.0.1';

/** Who wants a port, which one it is in local.settings.json, and the flag that chooses another. */
export const portTable = {
  host: { usual: 7071, flag: 'host-port', wantedBy: 'the Functions host' },
  emulator: { usual: 9100, flag: 'emulator-port', wantedBy: 'the ACS emulator (http)' },
  emulatorTls: { usual: 9101, flag: 'emulator-tls-port', wantedBy: 'the ACS emulator (https)' },
  blob: { usual: 10000, flag: 'blob-port', wantedBy: 'blob storage (Azurite)' },
  queue: { usual: 10001, flag: 'queue-port', wantedBy: 'queue storage (Azurite)' },
  table: { usual: 10002, flag: 'table-port', wantedBy: 'table storage (Azurite)' },
} as const;

export type PortName = keyof typeof portTable;
export type Ports = Readonly<Record<PortName, number>>;

export const portNames = Object.keys(portTable) as PortName[];

/** One number for each port. */
export function portsFrom(choose: (name: PortName) => number): Ports {
  return Object.fromEntries(portNames.map((name) => [name, choose(name)])) as Ports;
}

/** Throws one error that names every port in use, or given twice, and what wanted it. */
export async function assertPortsFree(ports: Ports, names: readonly PortName[] = portNames): Promise<void> {
  const held: Server[] = [];
  const busy: string[] = [];
  for (const name of names) {
    const { wantedBy, flag } = portTable[name];
    try {
      held.push(await listen(ports[name]));
    } catch (error) {
      if (!isInUse(error)) {
        throw error;
      }
      busy.push(`  ${ports[name]} for ${wantedBy}; choose another with --${flag}`);
    }
  }
  await Promise.all(held.map(close));
  if (busy.length > 0) {
    throw new Error(`Ports that are in use, or given twice:\n${busy.join('\n')}\nor stop what listens there.`);
  }
}

/** A free port for each part, all different. They are free now; nothing keeps them so. */
export async function freePorts(): Promise<Ports> {
  const held = await Promise.all(portNames.map(async (name) => ({ name, server: await listenAnywhere() })));
  const ports = held.map(({ name, server }) => [name, portOf(server)]);
  await Promise.all(held.map(({ server }) => close(server)));
  return Object.fromEntries(ports) as Ports;
}

/** A port that is free now, for one that must know its port before it starts. */
export async function freePort(): Promise<number> {
  const server = await listenAnywhere();
  const port = portOf(server);
  await close(server);
  return port;
}

/**
 * Listens on a port of those that no system gives to outgoing connections (Linux gives 32768 and up, others 49152 and up):
 * one of them could take the port before it is listened on again.
 */
async function listenAnywhere(): Promise<Server> {
  try {
    return await listen(randomInt(10_240, 32_768));
  } catch (error) {
    if (!isInUse(error)) {
      throw error;
    }
    return listenAnywhere();
  }
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, loopback);
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
