/** `/admin`: state of the host, list of functions, and running one by hand, for callers on this machine. */

import { versions } from '../app/core-module.ts';
import type { Invoke } from '../app/invocations.ts';
import { messageOf } from '../errors.ts';
import type { ServedFunction } from '../triggers/trigger.ts';
import { readBody } from './body.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Authorize } from './keys.ts';
import { isLoopback } from './loopback.ts';
import { RequestError } from './request-error.ts';
import { writeStatus } from './response.ts';

/** Answers what is under `/admin`; any other address than loopback is refused. */
export function adminArea(served: readonly ServedFunction[], invoke: Invoke, authorize: Authorize): Answer {
  const resources: Readonly<Record<string, Answer>> = {
    'GET host/ping': ({ response }) => writeStatus(response, 200),
    'GET host/status': ({ response }) => writeStatus(response, 200, hostStatus()),
    'GET functions': (exchange) => {
      const list = served.map((one) => describe(one, exchange));
      writeStatus(exchange.response, 200, list);
    },
    'GET functions/*': (exchange) => writeStatus(exchange.response, 200, describe(named(served, exchange), exchange)),
    'POST functions/*': (exchange) => runByHand(named(served, exchange), invoke, exchange),
  };
  return async (exchange) => {
    if (!isLoopback(exchange.request.socket.remoteAddress)) {
      throw new RequestError(403, '/admin answers loopback only.');
    }
    authorize({ level: 'admin' }, exchange);
    const [, area, name] = exchange.segments;
    const path = area === 'functions' && name !== undefined ? 'functions/*' : exchange.segments.slice(1).join('/');
    const answer = resources[`${exchange.request.method} ${path}`];
    if (answer === undefined) {
      throw new RequestError(404, `Expected one of ${Object.keys(resources).join(', ')}.`);
    }
    await answer(exchange);
  };
}

function named(served: readonly ServedFunction[], { segments: [, , name] }: Exchange): ServedFunction {
  const found = served.find(({ fn }) => fn.name.toLowerCase() === name?.toLowerCase());
  if (found === undefined) {
    throw new RequestError(404, `There is no function "${name}".`);
  }
  return found;
}

function hostStatus(): object {
  return {
    id: 'local',
    state: 'Running',
    version: versions.host,
    versionDetails: versions.host,
    processUptime: Math.round(process.uptime() * 1000),
  };
}

function describe({ fn, route }: ServedFunction, { url }: Exchange): object {
  return {
    name: fn.name,
    href: `${url.origin}/admin/functions/${fn.name}`,
    invoke_url_template: route === undefined ? null : `${url.origin}/${route}`,
    language: 'node',
    isDisabled: false,
    config: { bindings: Object.entries(fn.bindings).map(([name, binding]) => ({ name, ...binding })) },
  };
}

/** Core Tools answer 202 as soon as the function has been started; how it ends is in the log. */
async function runByHand({ fn, inputFromText }: ServedFunction, invoke: Invoke, exchange: Exchange): Promise<void> {
  if (!exchange.request.headers['content-type']?.startsWith('application/json')) {
    throw new RequestError(415, 'Expected application/json: {"input": "…"}.');
  }
  if (inputFromText === undefined) {
    throw new RequestError(400, `Function "${fn.name}" is called by its own URL.`);
  }
  const text = inputOf((await readBody(exchange.request)).toString());
  try {
    const input = inputFromText(text);
    invoke(fn, { ...input, reason: 'Run by hand' }).catch(() => {});
  } catch (error) {
    throw new RequestError(400, `That is no input for "${fn.name}": ${messageOf(error)}`);
  }
  writeStatus(exchange.response, 202);
}

function inputOf(body: string): string {
  try {
    const { input } = JSON.parse(body) as { input?: unknown };
    return typeof input === 'string' ? input : JSON.stringify(input ?? '');
  } catch (error) {
    throw new RequestError(400, `Expected JSON with an "input": ${messageOf(error)}`);
  }
}
