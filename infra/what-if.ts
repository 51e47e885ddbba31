/**
 * Shows what a deployment of infra/main.bicep would change: `npm run what-if`, with the variables of the environment. It
 * needs no right to write: ARM checks reads alone at this validation level, for which azd's preview cannot ask
 * (Azure/arm-template-whatif #135; azure-dev, cli/azd/pkg/azapi/standard_deployments.go).
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { az, runToEnd } from './az.ts';
import { resolveParameters } from './what-if/parameters.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

await runToEnd(async () => {
  const parameters = resolveParameters(await readFile(here('main.parameters.json'), 'utf8'), process.env);
  const { AZURE_SUBSCRIPTION_ID = '', AZURE_LOCATION = '' } = process.env;
  if (AZURE_SUBSCRIPTION_ID === '') {
    throw new Error('Expected AZURE_SUBSCRIPTION_ID in the environment.');
  }
  const where = ['--subscription', AZURE_SUBSCRIPTION_ID, '--location', AZURE_LOCATION];
  const what = ['--template-file', here('main.bicep'), '--parameters', ...parameters];
  const how = ['--validation-level', 'ProviderNoRbac'];
  console.log(await az(['deployment', 'sub', 'what-if', ...where, ...what, ...how]));
});
