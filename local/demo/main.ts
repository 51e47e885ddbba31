/** `npm run demo`: stories that show what the product does, on parts of its own or on an app that runs already. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interruption, runCommand } from '../dev/interruption.ts';
import { freePorts } from '../dev/ports.ts';
import { urlAt } from '../dev/settings.ts';
import { withStack } from '../dev/with-stack.ts';
import { controlClient } from '../emulator/index.ts';
import { type CommandLine, parseCommandLine, usage } from './command-line.ts';
import { missing } from './needs.ts';
import { playStory } from './play-story.ts';
import { sceneAt } from './running-app.ts';
import type { Scene } from './scene.ts';

/** A demo that was cut short has not shown that everything ends as expected. */
const interruptedExitCode = 130;

await runCommand(async (args) => {
  const commandLine = parseCommandLine(args);
  if (commandLine.help) {
    console.log(usage);
  } else if (commandLine.running) {
    const over = interruption(() => undefined);
    await play(commandLine, await sceneAt(commandLine.running, over));
  } else {
    await playOnOwnParts(commandLine);
  }
}, interruptedExitCode);

/** Storage, emulator and app on free ports, with throw-away data. */
async function playOnOwnParts(commandLine: CommandLine): Promise<void> {
  const ports = await freePorts();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'switchboard-demo-'));
  // The stories leave to the app what no rule takes, whatever local.settings.json says.
  const settings = { INCOMING_DEFAULT_ACTION: 'leave' };
  console.log('Starting storage, the ACS emulator and the app …');
  try {
    await withStack({ ports, dataDirectory, settings }, async ({ crashApp }, over) => {
      const emulatorUrl = urlAt(ports.emulator);
      await play(commandLine, { apiUrl: `${urlAt(ports.host)}/api`, emulatorUrl, over, crashApp });
    });
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

/** Plays what can be played there. Rejects unless all of that ended as expected. */
async function play({ stories, faults }: CommandLine, scene: Scene): Promise<void> {
  for (const fault of faults) {
    if (scene.emulatorUrl === undefined) {
      throw new Error('--fault needs the emulator: name it by --emulator.');
    }
    await controlClient(scene.emulatorUrl).post('faults', fault);
  }
  const good: string[] = [];
  const broken: string[] = [];
  const leftOut: string[] = [];
  for (const story of stories) {
    const lack = await missing(story, scene);
    if (lack !== undefined) {
      leftOut.push(`\n  The story ${story.name} needs ${lack}: left out.`);
    } else {
      const list = (await playStory(story, scene)) ? good : broken;
      list.push(story.name);
    }
  }
  console.log(leftOut.join(''));
  if (broken.length > 0) {
    throw new Error(`Not as expected: ${broken.join(', ')}.`);
  }
  if (good.length === 0) {
    throw new Error('No story could be played.');
  }
  console.log(`\nAll as expected: ${good.join(', ')}.`);
}
