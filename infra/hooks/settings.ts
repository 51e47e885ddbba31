/** Settings of the hook: azd gives it the outputs of infra/main.bicep as environment variables. */

/** The parameters of infra/events.bicep, and the variables that they come from. */
const eventParameters = {
  systemTopicName: 'SYSTEM_TOPIC_NAME',
  functionAppName: 'FUNCTION_APP_NAME',
  storageAccountName: 'STORAGE_ACCOUNT_NAME',
  incomingCallTo: 'INCOMING_CALL_TO',
} as const;

type EventParameter = keyof typeof eventParameters;

export interface HookSettings {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly parameters: Readonly<Record<EventParameter, string>>;
  /** How long to wait for the functions to be indexed. */
  readonly waitMinutes: number;
  /** The pause between two looks, or two attempts. */
  readonly pauseSeconds: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const required = [
  'AZURE_SUBSCRIPTION_ID',
  'AZURE_RESOURCE_GROUP',
  'SYSTEM_TOPIC_NAME',
  'FUNCTION_APP_NAME',
  'STORAGE_ACCOUNT_NAME',
];

/** Event Grid takes that many values in a filter. */
const maxPrefixes = 25;

/** Reads the settings. Throws one error that names every one that is missing or wrong. */
export function readSettings(environment: Environment): HookSettings {
  const missing = required.filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new Error(
      `Expected ${missing.join(', ')} in the environment. azd sets them once the infrastructure is there: ` +
        'run `azd provision`, or `azd env refresh` on a machine that did not provision.',
    );
  }
  const value = (name: string) => environment[name] ?? '';
  return {
    subscription: value('AZURE_SUBSCRIPTION_ID'),
    resourceGroup: value('AZURE_RESOURCE_GROUP'),
    parameters: {
      systemTopicName: value(eventParameters.systemTopicName),
      functionAppName: value(eventParameters.functionAppName),
      storageAccountName: value(eventParameters.storageAccountName),
      incomingCallTo: rawIdPrefixes(value(eventParameters.incomingCallTo)),
    },
    waitMinutes: positive(environment, 'EVENTS_WAIT_MINUTES', 10),
    pauseSeconds: positive(environment, 'EVENTS_PAUSE_SECONDS', 15),
  };
}

function rawIdPrefixes(text: string): string {
  const prefixes = text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  const wrong = prefixes.filter((one) => !/^\d+:\S+$/.test(one));
  if (wrong.length > 0 || prefixes.length > maxPrefixes) {
    throw new Error(
      `Expected INCOMING_CALL_TO to be at most ${maxPrefixes} prefixes of raw ids, such as 4:+1425 for numbers or ` +
        `8:acs: for users, separated by commas. It has ${prefixes.length}${wrong.map((one) => `, "${one}" is none`).join('')}.`,
    );
  }
  return prefixes.join(',');
}

function positive(environment: Environment, name: string, otherwise: number): number {
  const value = Number(environment[name] || otherwise);
  if (!(value > 0)) {
    throw new Error(`Expected ${name} to be a number above 0, not "${environment[name]}".`);
  }
  return value;
}
