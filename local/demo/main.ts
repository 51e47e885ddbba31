/** `npm run demo`: the whole product on free ports, and stories that show what it does. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../dev/interruption.ts';
import { freePorts } from '../dev/ports.ts';
import { urlAt } from '../dev/settings.ts';
import { withStack } from '../dev/with-stack.ts';
import { controlClient } from '../emulator/control-client.ts';
import { parseCommandLine, usage } from './command-line.ts';
import { tell } from './tell.ts';

/** A demo that was cut short has not shown that everything ends as told. */
const interruptedExitCode = 130;

await runCommand(async (args) => {
  const { stories, faults, help } = parseCommandLine(args);
  if (help) {
    return console.log(usage);
  }
  const ports = await freePorts();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'switchboard-demo-'));
  // The stories leave to the app what no rule takes, whatever local.settings.json says.
  const settings = { INCOMING_DEFAULT_ACTION: 'leave' };
  console.log('Starting storage, the ACS emulator and the app …');
  try {
    await withStack({ ports, dataDirectory, settings }, async ({ crashApp }, over) => {
      const emulatorUrl = urlAt(ports.emulator);
      for (const fault of faults) {
        await controlClient(emulatorUrl).post('faults', fault);
      }
      const scene = { apiUrl: `${urlAt(ports.host)}/api`, emulatorUrl, over, crashApp };
      const broken: string[] = [];
      for (const story of stories) {
        if (!(await tell(story, scene))) {
          broken.push(story.name);
        }
      }
      if (broken.length > 0) {
        throw new Error(`Not as told: ${broken.join(', ')}.`);
      }
      console.log(`\nAll as told: ${stories.map(({ name }) => name).join(', ')}.`);
    });
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}, interruptedExitCode);
