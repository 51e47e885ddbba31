/** `npm run build`: the bundle for the backend that `DURABLE_BACKEND` names, and how large it is. */

import { readOptions } from '../command-line.ts';
import { runCommand } from '../dev/interruption.ts';
import { build, deployedFolder } from './bundle.ts';
import { durableBackend } from './deployable.ts';

const usage = `Usage: npm run build

Bundles the app into ${deployedFolder} for the backend that the environment variable DURABLE_BACKEND names.

  --help    print this
`;

await runCommand(async (args) => {
  const { help } = readOptions(args, { help: { type: 'boolean', default: false } }, usage);
  if (help) {
    return console.log(usage);
  }
  const { file, startBytes, laterBytes } = await build(deployedFolder, durableBackend(process.env.DURABLE_BACKEND));
  const row = (what: string, bytes: number) => console.log(`${what.padEnd(28)}${Math.ceil(bytes / 1024)} KB`);
  row(`${file}, at each start`, startBytes);
  row('when it is needed', laterBytes);
});
