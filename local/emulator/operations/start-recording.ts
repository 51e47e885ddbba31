/** POST /calling/recordings: records a call. */

import * as z from 'zod';
import { AcsError, invalidArgument } from '../http/acs-error.ts';
import { anyCase, callbackUri } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { startRecording as start } from '../recordings/lifecycle.ts';
import { containerProblem } from '../recordings/own-container.ts';
import { newRecording, type Recording } from '../recordings/recording.ts';
import { raiseStartFailed } from '../recordings/state-events.ts';
import { FORMATS, MAX_CHANNELS, type RecordingFormat, type RecordingTerms } from '../recordings/terms.ts';
import { callLocator } from './call-locator.ts';
import { defineOperation } from './operation.ts';
import { callToRecord, describeRecording, recordingStateResponse } from './recordings.ts';

const channelAffinity = z
  .array(
    z.object({
      channel: z
        .int()
        .min(0)
        .max(MAX_CHANNELS - 1),
      participant: identifier,
    }),
  )
  .refine((written) => new Set(written.map(({ channel }) => channel)).size === written.length, {
    error: 'must not give a channel to two participants',
  });

const externalStorage = z
  .object({
    recordingStorageKind: anyCase(['azureCommunicationServices', 'azureBlobStorage']),
    recordingDestinationContainerUrl: z.string().optional(),
  })
  .transform(({ recordingStorageKind: kind, recordingDestinationContainerUrl: url = '' }, context) => {
    const problem = kind === 'azureBlobStorage' ? containerProblem(url) : undefined;
    if (problem !== undefined) {
      context.addIssue(`recordingDestinationContainerUrl ${problem}`);
    }
    return { containerUrl: kind === 'azureBlobStorage' ? url : undefined };
  });

const request = z
  .object({
    callLocator: callLocator.optional(),
    callConnectionId: z.string().min(1).optional(),
    recordingStateCallbackUri: callbackUri.optional(),
    recordingContentType: anyCase(['audio', 'audioVideo']).optional(),
    recordingChannelType: anyCase(['mixed', 'unmixed']).default('mixed'),
    recordingFormatType: anyCase(['wav', 'mp3', 'mp4']).optional(),
    audioChannelParticipantOrdering: z.array(identifier).default([]),
    channelAffinity: channelAffinity.default([]),
    pauseOnStart: z.boolean().default(false),
    externalStorage: externalStorage.optional(),
  })
  .refine(
    ({ callLocator: locator, callConnectionId }) => (locator === undefined) !== (callConnectionId === undefined),
    {
      error: 'needs either callLocator or callConnectionId',
    },
  );

export const startRecording = defineOperation({
  name: 'startRecording',
  method: 'POST',
  path: '/calling/recordings',
  status: 200,
  repeatable: 'openly',
  raises: ['RecordingStateChanged', 'StartRecordingFailed'],
  failure: 'StartRecordingFailed',
  request,
  response: recordingStateResponse,

  run({ resource, body, apiVersion, fail }) {
    const terms = termsOf(body, apiVersion);
    const call = callToRecord(resource, body);
    if (resource.recordings.runningIn(call) !== undefined) {
      throw new AcsError(400, '8553', 'The call is being recorded already.');
    }
    if (fail !== undefined) {
      const recording = newRecording(resource.random, call, terms, resource.clock.now());
      resource.clock.schedule(0, () => raiseStartFailed(resource, recording, fail));
      // The other success of the swagger: accepted, not started.
      return { status: 202, body: accepted(recording), connection: recording };
    }
    const recording = start(resource, call, terms, body);
    return { body: accepted(recording), connection: recording };
  },
});

/** Recorded as inactive in this response, even when it is active a moment later. */
function accepted(recording: Recording): z.input<typeof recordingStateResponse> {
  return { ...describeRecording(recording), recordingState: 'inactive' };
}

/**
 * Throws 400/8523 when the service writes no file of that kind. Which defaults complement the given values is not
 * documented; chosen here: those that fit them.
 */
function termsOf(body: z.output<typeof request>, apiVersion: string): RecordingTerms {
  const { recordingChannelType: channel, recordingFormatType: wanted } = body;
  const isSound = channel === 'unmixed' || wanted === 'wav' || wanted === 'mp3';
  const content = body.recordingContentType ?? (isSound ? 'audio' : 'audioVideo');
  const formats: readonly RecordingFormat[] = FORMATS[content][channel];
  const format = wanted ?? formats[0];
  if (format === undefined || !formats.includes(format)) {
    const possible = formats.length > 0 ? formats.join(' or ') : 'no file at all';
    throw invalidArgument(`recordingFormatType: ${content}, ${channel} can be ${possible}; it is ${format}.`);
  }
  return {
    apiVersion,
    stateCallbackUri: body.recordingStateCallbackUri,
    content,
    channel,
    format,
    affinity: new Map(body.channelAffinity.map((entry) => [entry.participant.rawId, entry.channel])),
    ordering: body.audioChannelParticipantOrdering.map(({ rawId }) => rawId),
    containerUrl: body.externalStorage?.containerUrl,
  };
}
