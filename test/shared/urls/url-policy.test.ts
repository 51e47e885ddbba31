import { expect, test } from 'vitest';
import { maxUrlLength, urlError } from '../../../shared/urls/url-policy.ts';
import { notifyUrlError } from '../../../shared/webhooks/receiver-policy.ts';

const deployed = { hosts: [], setting: 'NOTIFY_HOSTS', isLocal: false, notifySecret: undefined };
const local = { ...deployed, isLocal: true };
const listed = { ...deployed, hosts: ['hooks.contoso.com', '*.fabrikam.com'] };

test.each([
  'https://example.com/events',
  'https://example.com:8443/events?key=1#part',
  'https://8.8.8.8/events',
  'https://[2606:4700:4700::1111]/events',
])('messages may go to %s', (url) => {
  expect(urlError(url, deployed)).toBeUndefined();
});

test.each([
  ['example.com/events', 'expected a URL'],
  ['', 'expected a URL'],
  ['https://', 'expected a URL'],
  ['ftp://example.com/', 'expected https'],
  ['file:///etc/passwd', 'expected https'],
  ['wss://example.com/', 'expected https'],
  ['http://example.com/', 'http is for this machine'],
  ['https://user@example.com/', 'no user or password'],
  ['https://user:word@example.com/', 'no user or password'],
  ['https://10.0.0.1/', 'expected a public address'],
  ['https://169.254.169.254/metadata', 'expected a public address'],
  ['https://[fd00::1]/', 'expected a public address'],
  ['https://[::ffff:192.168.0.1]/', 'expected a public address'],
  ['https://0x0a000001/', 'expected a public address'],
  ['https://2130706433/', 'expected a public address'],
  ['https://0177.1/', 'expected a public address'],
  ['https://127.0.0.1/', 'expected a public address'],
  ['https://[::1]/', 'expected a public address'],
  ['https://localhost/', 'expected a public host'],
  ['https://LOCALHOST./', 'expected a public host'],
  ['https://app.localhost/', 'expected a public host'],
  [`https://example.com/${'x'.repeat(maxUrlLength)}`, 'characters'],
])('messages may not go to %s', (url, error) => {
  expect(urlError(url, deployed)).toContain(error);
});

test.each(['http://127.0.0.1:8080/', 'http://localhost/x', 'https://[::1]:1/', 'https://example.com/'])(
  'a local app may send to %s',
  (url) => {
    expect(urlError(url, local)).toBeUndefined();
  },
);

test.each(['http://10.0.0.1/', 'https://10.0.0.1/', 'http://example.com/', 'http://0.0.0.0/'])(
  'a local app may not send to %s',
  (url) => {
    expect(urlError(url, local)).toContain('expected');
  },
);

test.each([
  ['https://example.com\\@127.0.0.1/', 'no user or password|in ASCII'],
  ['https:example.com', 'in ASCII'],
  ['https:///example.com/', 'in ASCII'],
  ['https://exa\tmple.com/', 'in ASCII'],
  ['https://例え.jp/', 'in ASCII'],
  ['https://intranet/', 'a public host'],
  ['https://metadata.google.internal/', 'a public host'],
])('a URL that parsers read differently, or a name of private networks, is refused: %j', (url, error) => {
  expect(urlError(url, deployed)).toMatch(new RegExp(error));
});

test('an international name is taken in its ASCII form', () => {
  expect(urlError('https://xn--r8jz45g.jp/', deployed)).toBeUndefined();
});

test('a stream goes to wss, and to ws on this machine in local development', () => {
  expect(urlError('wss://example.com/audio', deployed, 'wss')).toBeUndefined();
  expect(urlError('ws://example.com/audio', deployed, 'wss')).toContain('ws is for this machine');
  expect(urlError('ws://127.0.0.1:1/', deployed, 'wss')).toContain('ws is for this machine');
  expect(urlError('ws://127.0.0.1:1/', local, 'wss')).toBeUndefined();
  expect(urlError('https://example.com/audio', deployed, 'wss')).toContain('expected wss');
  expect(urlError('audio', deployed, 'wss')).toContain('wss://example.com/audio');
});

test.each([
  ['https://hooks.contoso.com/', true],
  ['https://HOOKS.contoso.com./', true],
  ['https://a.fabrikam.com/', true],
  ['https://b.a.fabrikam.com/', true],
  ['https://fabrikam.com/', false],
  ['https://contoso.com/', false],
  ['https://x.hooks.contoso.com/', false],
  ['https://evilfabrikam.com/', false],
  ['https://hooks.contoso.com.evil.com/', false],
  ['https://8.8.8.8/', false],
])('with a list of hosts, messages to %s: %s', (url, isAllowed) => {
  const error = urlError(url, listed);
  expect(error).toBe(isAllowed ? undefined : 'the host is not among those that NOTIFY_HOSTS allows');
  expect(urlError(url, { ...listed, isLocal: true })).toBe(error);
});

test('an operation can name a URL only where messages can be signed', () => {
  const url = 'https://example.com/';
  expect(notifyUrlError(url, deployed)).toContain('NOTIFY_SECRET');
  expect(notifyUrlError(url, { ...deployed, notifySecret: 'whsec_x' })).toBeUndefined();
  expect(notifyUrlError('http://example.com/', { ...deployed, notifySecret: 'whsec_x' })).toContain('https');
});
