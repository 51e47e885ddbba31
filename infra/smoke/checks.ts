/** What a deployment has to do before it is trusted: answer, reach ACS by its identity, and be subscribed to its events. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export interface Deployment {
  readonly url: string;
  /** A token of Microsoft Entra, or an API key. */
  readonly token: string;
  /** The event subscriptions of the system topic, as the Azure CLI writes them. */
  readonly listSubscriptions: () => Promise<string>;
  /** The names of those that there have to be. */
  readonly subscriptionNames: readonly string[];
}

/** Says what it found; throws with what is wrong. */
export type Check = () => Promise<string>;

/** Longer than ACS_TIMEOUT_SECONDS by default, and shorter than the 230 s after which Azure ends a request. */
const requestTimeoutMs = 60_000;

/** An event of ACS comes within seconds; for one that is lost, housekeeping reads the call at ACS within a minute. */
const maxReads = 90;

/** An operation, or the problem why there is none. */
interface Answer {
  readonly status: number;
  readonly body: {
    readonly operationId?: string;
    readonly status?: string | number;
    readonly code?: string;
    readonly error?: { readonly source?: string };
  };
}

interface Subscription {
  readonly name: string;
  readonly provisioningState: string;
}

export function checksOf(deployment: Deployment): Readonly<Record<string, Check>> {
  return {
    'the app answers': () => health(deployment),
    'the app reaches ACS': () => acs(deployment),
    'events are subscribed to': () => subscriptions(deployment),
  };
}

async function health({ url }: Deployment): Promise<string> {
  const response = await request(new URL('/api/health', url));
  const body = (await response.text()).trim();
  if (!response.ok) {
    throw new Error(`Expected GET /api/health to answer 200: ${response.status} ${body}`);
  }
  return body;
}

/**
 * Has the app join a call that does not exist: ACS refuses that, at once or by an event, once it has accepted the identity
 * of the app. No telephone rings. One failed operation stays in the lists of the app until its retention is over.
 */
async function acs(deployment: Deployment): Promise<string> {
  const locator = { kind: 'server', id: randomBytes(48).toString('base64url') };
  let answer = await ask(deployment, 'calls/connect', { locator });
  for (let asked = 0; answer.status < 300 && !isSettled(answer) && asked < maxReads; asked += 1) {
    await pause(1000);
    answer = await ask(deployment, `operations/${answer.body.operationId}`);
  }
  const { status, body } = answer;
  // A 502 is an ACS that was not reached, or that did not accept the identity.
  const isRefused = status < 500 && body.code === 'acsRefused';
  if (!isRefused && body.error?.source !== 'acs') {
    throw new Error(`Expected ACS to refuse a call that does not exist: ${status} ${JSON.stringify(body)}`);
  }
  return 'it refused a call that does not exist';
}

const isSettled = ({ body }: Answer) => body.status !== 'accepted' && body.status !== 'sent';

async function ask({ url, token }: Deployment, path: string, input?: unknown): Promise<Answer> {
  const response = await request(new URL(`/api/${path}`, url), {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    ...(input !== undefined && { method: 'POST', body: JSON.stringify(input) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

async function subscriptions({ listSubscriptions, subscriptionNames }: Deployment): Promise<string> {
  const listed = JSON.parse(await listSubscriptions()) as readonly Subscription[];
  const states = new Map(listed.map(({ name, provisioningState }) => [name, provisioningState]));
  const unprovisioned = subscriptionNames
    .map((name) => ({ name, state: states.get(name) ?? 'missing' }))
    .filter(({ state }) => state !== 'Succeeded');
  if (unprovisioned.length > 0) {
    const each = unprovisioned.map(({ name, state }) => `${name} is ${state}`).join(', ');
    throw new Error(`Expected every event subscription to be provisioned: ${each}.`);
  }
  return subscriptionNames.join(', ');
}

/** A server that does not answer is an error like any other. */
function request(url: URL, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(requestTimeoutMs) });
}
