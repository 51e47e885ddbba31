/** An event of Event Grid, in its own schema and in that of CloudEvents. */

const SUBSCRIPTION = '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/local';

/** The source of all events: an Azure resource id in form, of a resource that does not exist. */
export const TOPIC = `${SUBSCRIPTION}/providers/Microsoft.Communication/communicationServices/acs-emulator`;

export interface GridEvent {
  readonly id: string;
  readonly topic: string;
  readonly subject: string;
  readonly data: unknown;
  readonly eventType: string;
  readonly dataVersion: string;
  readonly metadataVersion: string;
  readonly eventTime: string;
}

/** The event as a CloudEvent 1.0. */
export function cloudEventOf({ id, topic, subject, data, eventType, eventTime }: GridEvent) {
  return { id, source: topic, specversion: '1.0', type: eventType, subject, time: eventTime, data };
}

/** The schemas in which a subscription may have its events, by Azure's names. */
export const SCHEMAS = ['EventGridSchema', 'CloudEventSchemaV1_0'] as const;
export type Schema = (typeof SCHEMAS)[number];

/** What a webhook is sent: a list of one event, or one CloudEvent. */
export function envelopeOf(schema: Schema, event: GridEvent): object {
  return schema === 'CloudEventSchemaV1_0' ? cloudEventOf(event) : [event];
}

/** The headers in which the schemas differ. */
export function schemaHeaders(schema: Schema, { dataVersion, metadataVersion }: GridEvent): Record<string, string> {
  return schema === 'CloudEventSchemaV1_0'
    ? { 'content-type': 'application/cloudevents+json; charset=utf-8' }
    : { 'aeg-data-version': dataVersion, 'aeg-metadata-version': metadataVersion };
}
