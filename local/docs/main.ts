/** `npm run docs`: writes the generated docs from the tables, or checks them. */
import { readFile, writeFile } from 'node:fs/promises';
import { settingSchemas } from '../../shared/config.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { openApi } from '../../shared/http/openapi.ts';
import { operations } from '../../shared/operations/index.ts';
import { readOptions } from '../command-line.ts';
import { runCommand } from '../dev/interruption.ts';
import { endpointsPage } from './endpoints-page.ts';
import { eventsPage } from './events-page.ts';
import { operationLifePage } from './operation-life-page.ts';
import { operationsPage } from './operations-page.ts';
import { orchestratorsPage } from './orchestrators-page.ts';
import { sequencesPage } from './sequences-page.ts';
import { settingsPage } from './settings-page.ts';

const pages = {
  'docs/endpoints.md': endpointsPage(endpoints),
  'docs/openapi.json': `${JSON.stringify(openApi(endpoints, '/api'), null, 2)}\n`,
  'docs/operations.md': operationsPage(operations),
  'docs/operation-life.md': operationLifePage(),
  'docs/events.md': eventsPage(operations),
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
