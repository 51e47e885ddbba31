/** What Event Grid keeps of events that it could not deliver: each as it was, with the story of its failure added. */

/** An event as the function is to get it. */
export interface DeadEvent {
  readonly functionName: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** The functions, by the types of the events that they take. */
const functionOf: Readonly<Record<string, string>> = {
  'Microsoft.Communication.IncomingCall': 'incomingCall',
  'Microsoft.Communication.RecordingFileStatusUpdated': 'recordingFileStatus',
};

/** Documented: the members of Event Grid's own schema. All others tell of deliveries that failed. */
const members = ['id', 'topic', 'subject', 'eventType', 'eventTime', 'dataVersion', 'metadataVersion', 'data'];

/** The events of a blob, the story of their failure taken off. Throws when they are none, or for no function of the app. */
export function deadEventsIn(text: string): readonly DeadEvent[] {
  const events: unknown = JSON.parse(text);
  if (!Array.isArray(events) || events.length === 0) {
    throw new TypeError('expected an array of events.');
  }
  return events.map((kept: unknown) => {
    const event = Object.fromEntries(Object.entries(Object(kept)).filter(([name]) => members.includes(name)));
    const functionName = functionOf[String(event.eventType)];
    if (functionName === undefined) {
      throw new TypeError(`expected ${Object.keys(functionOf).join(' or ')}, not ${event.eventType}.`);
    }
    return { functionName, event };
  });
}
