/** `npm run build`: the bundle for the backend that `DURABLE_BACKEND` names, and how large it is. */

import { build, deployedFolder } from './bundle.ts';
import { durableBackend } from './deployable.ts';

const { file, startBytes, laterBytes } = await build(deployedFolder, durableBackend(process.env.DURABLE_BACKEND));
const row = (what: string, bytes: number) => console.log(`${what.padEnd(28)}${Math.ceil(bytes / 1024)} KB`);
row(`${file}, at each start`, startBytes);
row('when it is needed', laterBytes);
