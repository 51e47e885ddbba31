/** What Event Grid keeps of events that it could not deliver: each as it was, with members added that describe the failure. */

/** An event as the function is to get it. */
export interface UndeliveredEvent {
  readonly functionName: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** The functions, by the types of the events that they take. */
const functionOf: Readonly<Record<string, string>> = {
  'Microsoft.Communication.IncomingCall': 'incomingCall',
  'Microsoft.Communication.CallStarted': 'callEvent',
  'Microsoft.Communication.CallEnded': 'callEvent',
  'Microsoft.Communication.CallParticipantAdded': 'callEvent',
  'Microsoft.Communication.CallParticipantRemoved': 'callEvent',
  'Microsoft.Communication.RecordingFileStatusUpdated': 'recordingFileStatus',
};

/** Documented: the members of Event Grid's own schema. All others describe the failed deliveries. */
const members = ['id', 'topic', 'subject', 'eventType', 'eventTime', 'dataVersion', 'metadataVersion', 'data'];

/** The events of a blob, without the members that describe the failure. Throws when there are none, or no function takes them. */
export function undeliveredEventsIn(text: string): readonly UndeliveredEvent[] {
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
