/** startRecording: record the call, or another one by its locator. */
import type { ChannelAffinity, RecordingStorage } from '@azure/communication-call-automation';
import * as z from 'zod';
import { derivedId } from '../../acs/wire/derived-id.ts';
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { locatorSchema } from '../../calls/locator.ts';
import { recordingChannels, recordingContents, recordingFormats } from '../../calls/recording/recording-record.ts';
import { operationInput } from '../fields/fields.ts';
import { participant } from '../fields/people.ts';
import {
  affinityRule,
  channelRule,
  containerUrl,
  formatOf,
  formatRule,
  hasAffinity,
  hasChannel,
  hasFormat,
} from '../fields/recording.ts';
import { defineOperation } from '../operation.ts';
import { stopRecording } from './stop-recording.ts';

export const startRecording = defineOperation({
  name: 'startRecording',
  summary: 'Record the call; a second recording while one runs is refused',
  method: 'POST',
  path: 'calls/{callId}/recordings',
  target: 'call',
  input: operationInput({
    content: z.enum(recordingContents).default('audio'),
    channel: z.enum(recordingChannels).default('mixed'),
    format: z.enum(recordingFormats).optional(),
    storage: z.strictObject({ containerUrl }).optional(),
    pauseOnStart: z.boolean().default(false),
    channelAffinity: z.array(z.strictObject({ participant, channel: z.int().min(0).max(4) })).optional(),
    locator: locatorSchema.optional(),
  })
    .refine(hasChannel, channelRule)
    .refine(hasFormat, formatRule)
    .refine(hasAffinity, affinityRule),
  example: { content: 'audio', channel: 'mixed', format: 'wav' },
  result: z.object({ recordingId: z.uuid() }),
  settles: { by: 'response' },
  undo: { afterSuccess: { by: stopRecording } },
  recordingStep: 'start',

  async send({ acs, input, serverCallId, callConnectionId, callbackUrl, options }) {
    const { content, channel, pauseOnStart, storage } = input;
    const format = formatOf(input);
    // A folder per recording, so that its files can be identified without the event that names them.
    const destinationUrl = storage && `${storage.containerUrl.replace(/\/+$/, '')}/${options.operationContext}`;
    const { recordingId: acsRecordingId } = await acs.getCallRecording().start({
      ...whatToRecord(input.locator, serverCallId, callConnectionId),
      recordingStateCallbackEndpointUrl: callbackUrl,
      recordingContent: content,
      recordingChannel: channel,
      recordingFormat: format,
      pauseOnStart,
      ...(destinationUrl !== undefined && { recordingStorage: ownContainer(destinationUrl) }),
      ...(input.channelAffinity && { channelAffinity: input.channelAffinity.map(toChannelAffinity) }),
    });
    const recordingId = derivedId(acsRecordingId);
    const recording = { recordingId, acsRecordingId, content, channel, format, isPaused: pauseOnStart };
    return {
      recording: { ...recording, ...(destinationUrl !== undefined && { destinationUrl }) },
      result: { recordingId },
    };
  },
});

type Locator = z.output<typeof locatorSchema>;

/** A call whose events were lost may lack its server call id; its connection identifies it as well. */
function whatToRecord(given: Locator | undefined, serverCallId: string, callConnectionId: string) {
  const { kind, id } = given ?? { kind: 'server', id: serverCallId };
  return id === '' ? { callConnectionId } : { callLocator: { kind: `${kind}CallLocator`, id } as const };
}

function ownContainer(recordingDestinationContainerUrl: string): RecordingStorage {
  return { recordingStorageKind: 'azureBlobStorage', recordingDestinationContainerUrl };
}

function toChannelAffinity(one: { readonly participant: string; readonly channel: number }): ChannelAffinity {
  return { channel: one.channel, targetParticipant: toIdentifier(one.participant) };
}
