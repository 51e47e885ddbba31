/** `npm run docs`: writes the generated docs from the tables, or checks them. */
import { readFile, writeFile } from 'node:fs/promises';
import { settingSchemas } from '../../shared/config.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { openApi } from '../../shared/http/openapi/document.ts';
import { operations } from '../../shared/operations/index.ts';
import { readOptions } from '../command-line.ts';
import { runCommand } from '../dev/interruption.ts';
import { apiHttpPage } from './api-http.ts';
import { clientTypes } from './client-types.ts';
import { endpointsPage } from './endpoints-page.ts';
import { eventsPage } from './events-page.ts';
import { licencesPage } from './licences-page.ts';
import { openApiPage } from './openapi-page.ts';
import { operationLifePage } from './operation-life-page.ts';
import { operationsPage } from './operations-page.ts';
import { orchestratorsPage } from './orchestrators-page.ts';
import { postmanPage } from './postman.ts';
import { problemsPage } from './problems-page.ts';
import { reasonsPage } from './reasons-page.ts';
import { type Description, requestsIn } from './requests.ts';
import { searchingPage } from './searching-page.ts';
import { sequencesPage } from './sequences-page.ts';
import { settingsPage } from './settings-page.ts';

const document = openApi(endpoints, '/api');

// As JSON has it: the description holds no undefined members.
const description: Description = JSON.parse(JSON.stringify(document));
const requests = requestsIn(description);

const pages = {
  'client/schema.ts': await clientTypes(document),
  'docs/endpoints.md': endpointsPage(endpoints),
  'docs/api.http': apiHttpPage(requests),
  'docs/postman.json': postmanPage(description, requests),
  'docs/openapi.json': openApiPage(document),
  'docs/operations.md': operationsPage(operations),
  'docs/licences.md': licencesPage(JSON.parse(await readFile('package-lock.json', 'utf8')).packages),
  'docs/operation-life.md': operationLifePage(),
  'docs/problems.md': problemsPage(),
  'docs/reasons.md': reasonsPage(),
  'docs/events.md': eventsPage(operations),
  'docs/searching.md': searchingPage(),
  'docs/sequences.md': sequencesPage(),
  'docs/settings.md': settingsPage(settingSchemas),
  'docs/orchestrators.md': orchestratorsPage(await readFile('shared/sequences/orchestrators/call-back.ts', 'utf8')),
};

const usage = `Usage: npm run docs -- [options]

Writes the generated pages of docs/ from the tables that they describe.

  --check   write nothing; exit 1 when a page is not current
  --help    print this
`;

await runCommand(async (args) => {
  const flag = { type: 'boolean', default: false } as const;
  const { check, help } = readOptions(args, { check: flag, help: flag }, usage);
  if (help) {
    return console.log(usage);
  }
  const stale: string[] = [];
  for (const [path, page] of Object.entries(pages)) {
    if (!check) {
      await writeFile(path, page);
    } else if ((await readFile(path, 'utf8').catch(() => '')) !== page) {
      stale.push(`${path} is not what the tables say: run "npm run docs" and commit it.`);
    }
  }
  if (stale.length > 0) {
    throw new Error(stale.join('\n'));
  }
});
