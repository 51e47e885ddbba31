/** The host that the rows of parity are held against: the embedded one, or a genuine one that serves `apps/parity`. */

import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { startHost } from '../../../../local/host/host.ts';
import { appRoot, temporaryData } from '../support/apps.ts';

export interface Sent {
  readonly method?: string;
  /** `{key}` in path or headers stands for a key of the host, by its name in `Keys`. */
  readonly path: string;
  /** A list is sent as several headers of that name. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Anything but a text is sent as JSON. */
  readonly body?: unknown;
  readonly isChunked?: boolean;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Keys {
  readonly master: string;
  readonly host: string;
  readonly functionDoor: string;
  readonly otherDoor: string;
  readonly eventGrid: string;
}

export interface Target {
  readonly url: string;
  readonly send: (sent: Sent) => Promise<Answered>;
  close(): Promise<void>;
}

/** The genuine host at `url`, whose master key is in PARITY_MASTER_KEY; else an embedded one that enforces keys. */
export async function openTarget(url: string | undefined): Promise<Target> {
  if (url !== undefined) {
    return targetAt(url, process.env.PARITY_MASTER_KEY ?? '', async () => {});
  }
  const data = await temporaryData();
  const settings = { EMBEDDED_HOST_NAMES: 'example.com' };
  const host = await startHost({
    root: appRoot('parity'),
    enableAuth: true,
    dataDirectory: data.path,
    log: 'off',
    settings,
  });
  const file = (await import(`${data.path}/keys.json`, { with: { type: 'json' } })) as { default: { master: string } };
  return targetAt(host.url, file.default.master, async () => {
    await host.close();
    await data.remove();
  });
}

async function targetAt(url: string, master: string, close: () => Promise<void>): Promise<Target> {
  const keyAt = async (path: string) => {
    const { body } = await send(url, { path: `/admin/${path}`, headers: { 'x-functions-key': master } });
    return (JSON.parse(body) as { value: string }).value;
  };
  const keys: Keys = {
    master,
    host: await keyAt('host/keys/default'),
    functionDoor: await keyAt('functions/functionDoor/keys/default'),
    otherDoor: await keyAt('functions/otherDoor/keys/default'),
    eventGrid: await keyAt('host/systemkeys/eventgrid_extension'),
  };
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (unknown, name: string) => keys[name as keyof Keys] ?? unknown);
  return {
    url,
    close,
    send: (sent) => {
      const headers = Object.entries(sent.headers ?? {}).map(([name, value]) => [name, [value].flat().map(filled)]);
      return send(url, { ...sent, path: filled(sent.path), headers: Object.fromEntries(headers) });
    },
  };
}

async function send(url: string, { method = 'GET', path, headers, body, isChunked = false }: Sent): Promise<Answered> {
  const content = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const framing = isChunked
    ? { 'transfer-encoding': 'chunked' }
    : content !== undefined && { 'content-length': String(Buffer.byteLength(content)) };
  const type = content !== undefined && { 'content-type': 'application/json' };
  const all = { host: new URL(url).host, connection: 'close', ...type, ...framing, ...headers };
  // A flat list is sent as it is; Node.js would join cookies.
  const list = Object.entries(all).flatMap(([name, value]) => [value].flat().flatMap((one) => [name, one]));
  const sent = request(`${url}${path}`, { method, headers: list, agent: false }).end(content);
  const [answer] = await once(sent, 'response');
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}
