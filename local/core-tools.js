/** Before `npm start`: ends with what to install where `func` is missing, of which a shell says only "not found". */

import { spawnSync } from 'node:child_process';

const { status, stdout } = spawnSync('func --version', { shell: true, encoding: 'utf8' });
if (status !== 0 || !stdout.startsWith('4.')) {
  const found = status === 0 ? `is of version ${stdout.trim()}` : 'is not installed here';
  console.error(`npm start needs func, the Azure Functions Core Tools 4, which ${found}. Install it by

    npm install --global azure-functions-core-tools@4

or as https://learn.microsoft.com/azure/azure-functions/functions-run-local says; or run \`npm run dev\`, which needs none:
there the embedded host serves the app, with storage and the emulator beside it.`);
  process.exit(1);
}
