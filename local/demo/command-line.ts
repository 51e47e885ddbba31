/** The command line of `npm run demo`. */

import { readOptions } from '../command-line.ts';
import type { RunningApp } from './running-app.ts';
import { stories } from './stories/index.ts';
import type { Story } from './story.ts';

export interface CommandLine {
  readonly stories: readonly Story[];
  /** An app that runs already; absent when the demo starts one of its own. */
  readonly running?: RunningApp;
  /** Faults for the emulator, as its control API takes them. */
  readonly faults: readonly object[];
  readonly help: boolean;
}

const nameWidth = Math.max(...stories.map(({ name }) => name.length)) + 2;

export const usage = `Usage: npm run demo -- [options]

Runs the product on free ports with throw-away data, plays stories through its HTTP API, and prints what happened.
Exits 0 when every story ended as expected.

  --app <url>      plays on an app that runs already, e.g. of "func start"; stories that cannot be played there are named
  --key <key>      an API key or a token of that app, when it asks for one
  --emulator <url> the emulator to which that app is connected, http://127.0.0.1:9100 with "npm run dev"

  --story <name>   only this one; may be given again:
${stories.map(({ name, title }) => `      ${name.padEnd(nameWidth)}${title}`).join('\n')}
  --fault <json>   something to go wrong, as POST /emulator/faults takes it; may be given again, e.g.
      --fault '{"match":"addParticipant","do":{"status":500}}'
  --help           print this
`;

/** Parses the arguments after the script's name; throws an error that names the wrong one. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = readOptions(
    args,
    {
      story: { type: 'string', multiple: true, default: [] },
      app: { type: 'string' },
      key: { type: 'string' },
      emulator: { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
    usage,
  );
  if (values.app === undefined && (values.key ?? values.emulator) !== undefined) {
    throw new Error('--key and --emulator belong to an app that runs already: name it by --app.');
  }
  return {
    ...(values.app !== undefined && {
      running: { app: urlFrom('app', values.app), key: values.key, emulator: urlFrom('emulator', values.emulator) },
    }),
    stories: values.story.length === 0 ? stories : values.story.map(storyNamed),
    faults: values.fault.map(faultFrom),
    help: values.help,
  };
}

/** Without a slash at the end. */
function urlFrom<Text extends string | undefined>(option: string, text: Text): Text {
  if (text !== undefined && !/^https?:/.test(text)) {
    throw new Error(`--${option} takes a URL such as http://127.0.0.1:7071, not "${text}".`);
  }
  return text?.replace(/\/+$/, '') as Text;
}

function storyNamed(name: string): Story {
  const story = stories.find((candidate) => candidate.name === name);
  if (story === undefined) {
    throw new Error(`--story takes ${stories.map((one) => one.name).join(', ')}, not "${name}".`);
  }
  return story;
}

function faultFrom(text: string): object {
  try {
    const fault: unknown = JSON.parse(text);
    if (typeof fault === 'object' && fault !== null) {
      return fault;
    }
  } catch (error) {
    throw new Error(`--fault takes a JSON object, not ${text}.`, { cause: error });
  }
  throw new Error(`--fault takes a JSON object, not ${text}.`);
}
