/**
 * Looks whether a deployment works, without dialling: `npm run smoke`, with the environment of azd. Its checks are
 * repeated every SMOKE_PAUSE_SECONDS, for SMOKE_WAIT_MINUTES: an app that was just deployed starts, and a role that was just
 * granted is not known everywhere.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { az, runToEnd } from './az.ts';
import { type Check, checksOf } from './smoke/checks.ts';
import { subscriptionNamesIn } from './smoke/subscriptions.ts';

const required = ['AZURE_SUBSCRIPTION_ID', 'AZURE_RESOURCE_GROUP', 'FUNCTION_APP_URL', 'SYSTEM_TOPIC_NAME'] as const;

/** An API key of the environment, or a token of the signed-in identity, which needs the roles Calls.Read and Calls.Operate. */
const tokenOnly = ['--query', 'accessToken', '--output', 'tsv'];

await runToEnd(async () => {
  const missing = required.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(`Expected ${missing.join(', ')} in the environment: \`azd env get-values\` has them.`);
  }
  const value = (name: (typeof required)[number]) => process.env[name] ?? '';
  const group = ['--subscription', value('AZURE_SUBSCRIPTION_ID'), '--resource-group', value('AZURE_RESOURCE_GROUP')];
  const scope = ['--scope', `${process.env.API_CLIENT_ID}/.default`];
  const token = process.env.SWITCHBOARD_KEY || (await az(['account', 'get-access-token', ...scope, ...tokenOnly]));
  const topic = [...group, '--system-topic-name', value('SYSTEM_TOPIC_NAME')];
  const checks = checksOf({
    url: value('FUNCTION_APP_URL'),
    token: token.trim(),
    subscriptionNames: subscriptionNamesIn(await readFile(new URL('events.bicep', import.meta.url), 'utf8')),
    listSubscriptions: () =>
      az(['eventgrid', 'system-topic', 'event-subscription', 'list', ...topic, '--output', 'json']),
  });

  const until = performance.now() + Number(process.env.SMOKE_WAIT_MINUTES || 5) * 60_000;
  const pauseMs = Number(process.env.SMOKE_PAUSE_SECONDS || 10) * 1000;
  for (const [name, check] of Object.entries(checks)) {
    console.log(`${name}: ${await repeatedly(check, until, pauseMs)}`);
  }
});

/** What the check found; the error of the last attempt when there is no time for another. */
async function repeatedly(check: Check, until: number, pauseMs: number): Promise<string> {
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() + pauseMs > until) {
        throw error;
      }
      await pause(pauseMs);
    }
  }
}
