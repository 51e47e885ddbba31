/** Writes the generated docs from the tables; with `--check` it fails when what is written is not current. */
import { readFile, writeFile } from 'node:fs/promises';
import { operations } from '../../shared/operations/index.ts';
import { eventsPage } from './events-page.ts';
import { operationsPage } from './operations-page.ts';
import { orchestratorsPage } from './orchestrators-page.ts';
import { sequencesPage } from './sequences-page.ts';

const pages = {
  'docs/operations.md': operationsPage(operations),
  'docs/events.md': eventsPage(operations),
  'docs/sequences.md': sequencesPage(),
  'docs/orchestrators.md': orchestratorsPage(await readFile('shared/sequences/orchestrators/call-back.ts', 'utf8')),
};

for (const [path, page] of Object.entries(pages)) {
  if (!process.argv.includes('--check')) {
    await writeFile(path, page);
  } else if ((await readFile(path, 'utf8').catch(() => '')) !== page) {
    console.error(`${path} is not what the tables say: run "npm run docs" and commit it.`);
    process.exitCode = 1;
  }
}
