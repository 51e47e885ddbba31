/** An event in the Event Grid schema. */

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
