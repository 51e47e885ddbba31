/** No spelling of a private address is accepted in any field with a URL; long because each spelling is listed here. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { HttpRequest, InvocationContext } from '@azure/functions';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createApp, type Invocation } from '../../shared/app.ts';
import { readConfig } from '../../shared/config.ts';
import { AppError } from '../../shared/errors.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { openView } from '../../shared/http/masking/view.ts';
import { type UrlUse, urlFields } from '../../shared/operations/fields/urls.ts';
import { operations } from '../../shared/operations/index.ts';
import { targetParameters } from '../../shared/operations/operation.ts';
import { routingRuleInput } from '../../shared/routing/rule.ts';
import { aCall } from '../shared/calls/stories.ts';
import { localSettings } from '../support/local-settings.ts';

/** What listens on this machine for anything that is let through. */
const reached: string[] = [];
const listener = createServer((socket) => {
  reached.push(String(socket.remoteAddress));
  socket.destroy();
});

const callId = randomUUID();
let app: Invocation;
let port: number;

/** An app as in Azure, which nothing allows its own machine; its storage is the tests'. */
beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen(0, resolve));
  port = Number(Object(listener.address()).port);
  const { ACS_CONNECTION_STRING: _, ACS_CALLBACK_JWKS_URL: __, ...rest } = localSettings;
  const config = readConfig({
    ...rest,
    ACS_ENDPOINT: 'https://acs.invalid',
    PUBLIC_BASE_URL: 'https://app.invalid',
    ENCRYPTION_KEY_URL: 'https://contoso.vault.azure.net/keys/storage',
    AUTH_MODE: 'keys',
    NOTIFY_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    AzureWebJobsStorage: inject('storage'),
    TABLE_PREFIX: `t${randomUUID().replaceAll('-', '').slice(0, 16)}`,
  });
  expect(config.isLocal).toBe(false);
  app = createApp(config).during(new InvocationContext());
  const receivedAt = new Date().toISOString();
  const incoming = { from: '+14255550123', to: '+14255550100', context: 'x', status: 'ringing' as const, receivedAt };
  const stored = aCall({ callId, status: 'connected', direction: 'inbound', callConnectionId: 'c', incoming });
  expect(await app.ledger.calls.insertIncomingCall(stored, [], [])).toBe('written');
});
afterAll(() => listener.close());

/** Spellings of addresses and names that only a private network or this machine answers to. */
const hosts = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '0',
  '0.0.0.0',
  '2130706433',
  '017700000001',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.01',
  '127.0.0.1.',
  '１２７.0.0.1',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fec0::1]',
  '[ff02::1]',
  'localhost',
  'LOCALHOST.',
  'a.localhost',
  'ⓛocalhost',
  'localhost.localdomain',
  'printer.local',
  'intranet',
  'db.internal',
  'metadata.google.internal',
  'router.home.arpa',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '168.63.129.16',
  '100.100.100.200',
  '100.64.0.1',
  '192.0.0.192',
  '10.0.0.1',
  '10.1',
  '172.16.0.1',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
];

/** Whole URLs that parsers read differently. */
const confusing = (scheme: string) => [
  `${scheme}://example.com\\@127.0.0.1:${port}/`,
  `${scheme}://example.com@127.0.0.1:${port}/`,
  `${scheme}://user:word@example.com/`,
  `${scheme}:127.0.0.1:${port}`,
  `${scheme}:/127.0.0.1:${port}`,
  `${scheme}:///127.0.0.1:${port}/`,
  `${scheme}://127.0.0.1:${port}\t/`,
  ` ${scheme}://example.com/`,
  `${scheme}://exa\nmple.com/`,
  `${scheme}://127.0.0.1:${port}#@example.com/`,
  `${scheme}://127.0.0.1:${port}?@example.com/`,
  `file:///etc/passwd`,
  `gopher://127.0.0.1:${port}/`,
  `data:audio/wav;base64,AA`,
  `//127.0.0.1:${port}/`,
];

/** Every URL that is tried for a scheme. */
const spellings = (scheme: 'https' | 'wss') => [
  ...[scheme, scheme === 'https' ? 'http' : 'ws'].flatMap((one) => hosts.map((host) => `${one}://${host}:${port}/x`)),
  ...confusing(scheme),
];

/** A body with a value at a JSON path such as `sources[].file`. */
function withValue(body: unknown, path: string, value: unknown): Record<string, unknown> {
  const [, name = '', isArray, rest = ''] = /^(\w+)(\[\])?\.?(.*)$/.exec(path) ?? [];
  const fields: Record<string, unknown> = { ...Object(body) };
  const inner =
    rest === '' ? value : withValue(isArray || /^(sources|prompt|source)$/.test(name) ? {} : fields[name], rest, value);
  return { ...fields, [name]: isArray ? [inner] : inner };
}

interface Field {
  readonly title: string;
  readonly endpoint: string;
  readonly scheme: 'https' | 'wss';
  readonly path: string;
  body(url: string): Record<string, unknown>;
  readonly params?: Readonly<Record<string, string>>;
}

const schemeOf = (use: UrlUse): Field['scheme'] => (use === 'stream' ? 'wss' : 'https');
const written = (path: string, url: string) =>
  path.endsWith('ssml') ? `<speak><audio src="${url.replaceAll('&', '&amp;')}"/></speak>` : url;

/** The fields of an operation: those that ACS is handed, and its receiver. */
const ofOperations: readonly Field[] = operations.flatMap((operation) => [
  ...urlFields(operation.input).map(({ path, use }) => ({
    title: `${operation.name} ${path}`,
    endpoint: operation.name,
    scheme: schemeOf(use),
    path: path.replace('[]', '[0]'),
    body: (url: string) => withValue(operation.example, path, written(path, url)),
  })),
  ...['notifyUrl', 'operationCallbackUrl'].map((path) => ({
    title: `${operation.name} ${path}`,
    endpoint: operation.name,
    scheme: 'https' as const,
    path,
    body: (url: string) => ({ ...operation.example, [path]: url }),
  })),
]);

const targetOf = ({ endpoint }: Field) => operations.find(({ name }) => name === endpoint)?.target ?? 'call';
const isStep = ({ path }: Field) => !path.startsWith('operationCallback');
/** A recording that is not there is a 404 before its fields are looked at: its operations are tried as steps. */
const isRequest = (field: Field) => targetOf(field) !== 'recording';

/** The same fields in the steps of a sequence. */
const ofSteps: readonly Field[] = ofOperations.filter(isStep).map((field) => {
  const parameter = targetParameters[targetOf(field)];
  const isNamed = parameter === 'incomingCallId' || parameter === 'recordingId';
  return {
    ...field,
    title: `a step ${field.title}`,
    endpoint: 'startSequence',
    path: `steps[0].with.${field.path}`,
    body: (url: string) => ({
      callId,
      steps: [
        {
          id: 'a',
          do: field.endpoint,
          with: { ...field.body(url), ...(isNamed && { [parameter]: callId }) },
        },
      ],
    }),
  };
});

const rule = (action: object) => ({ priority: 1, action });

const ofRules: readonly Field[] = [
  ...urlFields(routingRuleInput).map(({ path, use }) => ({
    title: `a rule ${path}`,
    endpoint: 'putRoutingRule',
    scheme: schemeOf(use),
    path,
    body: (url: string) => withValue(rule({ kind: 'answer' }), path, written(path, url)),
  })),
  ...ofSteps
    .filter(({ title }) => title.startsWith('a step play'))
    .map((field) => ({
      ...field,
      title: `a rule with ${field.title}`,
      endpoint: 'putRoutingRule',
      path: `action.${field.path}`,
      body: (url: string) => rule({ kind: 'sequence', steps: field.body(url).steps }),
    })),
];

const ofWebhooks: Field = {
  title: 'a webhook url',
  endpoint: 'putWebhook',
  scheme: 'https',
  path: 'url',
  body: (url) => ({ url, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }),
};

const fields = [...ofOperations.filter(isRequest), ...ofSteps, ...ofRules, ofWebhooks];

/** The JSON paths of the errors of a request, or that it was accepted. */
async function refusedPaths({ endpoint: name }: Field, body: object): Promise<readonly string[]> {
  const endpoint = endpoints.find((one) => one.name === name);
  const params = {
    callId,
    incomingCallId: callId,
    recordingId: callId,
    participantId: 'x',
    ruleId: 'r',
    webhookId: 'w',
  };
  const request = new HttpRequest({
    method: endpoint?.method ?? 'POST',
    url: `https://app.invalid/api/${endpoint?.path}`,
    headers: { 'content-type': 'application/json' },
    body: { string: JSON.stringify(body) },
    params,
  });
  try {
    const { status } = (await endpoint?.answer(app, request, openView)) ?? { status: 0 };
    return [`answered ${status}`];
  } catch (error) {
    if (error instanceof AppError && error.details.errors) {
      return error.details.errors.map(({ path }) => path);
    }
    return [error instanceof AppError ? error.code : String(error)];
  }
}

test('the fields with URLs are found: play, streams, Cognitive Services, containers, receivers', () => {
  expect(new Set(ofOperations.map(({ path }) => path.split(/[.[]/).at(-1)))).toEqual(
    new Set([
      'file',
      'ssml',
      'transportUrl',
      'cognitiveServicesEndpoint',
      'containerUrl',
      'notifyUrl',
      'operationCallbackUrl',
    ]),
  );
  expect(ofRules.length).toBeGreaterThan(3);
});

test.each(fields.map((field) => [field.title, field] as const))(
  '%s: no spelling of a private address is accepted, and nothing is requested',
  async (_, field) => {
    const accepted: string[] = [];
    for (const url of spellings(field.scheme)) {
      const paths = await refusedPaths(field, field.body(url));
      if (!paths.some((path) => path === field.path || field.path.startsWith(`${path}.`))) {
        accepted.push(`${JSON.stringify(url)}: ${paths.join(', ')}`);
      }
    }
    expect(accepted).toEqual([]);
    expect(reached).toEqual([]);
  },
);
