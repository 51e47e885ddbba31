/**
 * Replays what Event Grid could not deliver: `npm run replay`, with the environment of azd. It needs the role
 * Storage Blob Data Contributor at the container, and one that lists the keys of the app.
 */
import { DefaultAzureCredential } from '@azure/identity';
import { ContainerClient } from '@azure/storage-blob';
import { az, runToEnd } from './az.ts';
import { replayDeadLetters } from './replay/replay.ts';

const required = [
  'AZURE_SUBSCRIPTION_ID',
  'AZURE_RESOURCE_GROUP',
  'FUNCTION_APP_NAME',
  'FUNCTION_APP_URL',
  'STORAGE_ACCOUNT_NAME',
];

await runToEnd(async () => {
  const missing = required.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(`Expected ${missing.join(', ')} in the environment: \`azd env get-values\` has them.`);
  }
  const account = `https://${process.env.STORAGE_ACCOUNT_NAME}.blob.core.windows.net`;
  const deadLetters = new ContainerClient(`${account}/dead-letters`, new DefaultAzureCredential());
  const webhook = { appUrl: String(process.env.FUNCTION_APP_URL), key: await eventGridKey() };
  const { taken, left } = await replayDeadLetters(deadLetters, webhook, console.log);
  console.log(`${taken} taken, ${left} left`);
  process.exitCode = left === 0 ? 0 : 1;
});

async function eventGridKey(): Promise<string> {
  const { AZURE_SUBSCRIPTION_ID = '', AZURE_RESOURCE_GROUP = '', FUNCTION_APP_NAME = '' } = process.env;
  const app = [
    '--subscription',
    AZURE_SUBSCRIPTION_ID,
    '--resource-group',
    AZURE_RESOURCE_GROUP,
    '--name',
    FUNCTION_APP_NAME,
  ];
  const query = ['--query', 'systemKeys.eventgrid_extension', '--output', 'tsv'];
  const key = (await az(['functionapp', 'keys', 'list', ...app, ...query])).trim();
  if (key === '') {
    throw new Error('Expected a system key eventgrid_extension: the app has one once its functions are indexed.');
  }
  return key;
}
