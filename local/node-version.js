/** Ends the process, and says why, on a Node.js that cannot run TypeScript: in JavaScript, which any Node.js can read. */

import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const numbersIn = (version) => version.match(/\d+/g).map(Number);
const [major, minor] = numbersIn(process.versions.node);
const [neededMajor, neededMinor] = numbersIn(engines.node);

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  const mend = 'Start it by `npm run`, which uses the Node.js that `npm ci` has installed here.';
  console.error(
    `This needs Node.js ${neededMajor}.${neededMinor} or newer, and runs on ${process.versions.node}. ${mend}`,
  );
  process.exit(1);
}
