/** POST …:recognize: collects tones, speech or a choice from one participant. */

import * as z from 'zod';
import { TONE_NAMES } from '../calls/tones.ts';
import { anyCase, operationReference } from '../http/body-fields.ts';
import { identifier } from '../identifiers.ts';
import { playSource } from '../media/play-source.ts';
import type { Recognition } from '../media/recognition.ts';
import { Recognize } from '../media/recognize.ts';
import { establishedConnection } from './mid-call.ts';
import { admit, checkSpeechService, isGroupCall } from './mid-call-media.ts';
import { defineOperation } from './operation.ts';

const tone = anyCase(TONE_NAMES);

const choices = z
  .array(z.object({ label: z.string().min(1), phrases: z.array(z.string().min(1)).min(1), tone: tone.optional() }))
  .min(1)
  // A documented limitation.
  .refine((all) => new Set(all.map((choice) => choice.tone === undefined)).size === 1, 'needs a tone for each or none');

const recognizeOptions = z.object({
  targetParticipant: identifier,
  interruptPrompt: z.boolean().default(true),
  // The documentation allows 20 seconds for speech, and its own examples more.
  initialSilenceTimeoutInSeconds: z.int().min(0).max(300).default(5),
  speechLanguage: z.string().optional(),
  dtmfOptions: z
    .object({
      interToneTimeoutInSeconds: z.int().min(1).max(60).default(2),
      maxTonesToCollect: z.int().min(1).optional(),
      stopTones: z.array(tone).default([]),
    })
    .prefault({}),
  choices: choices.optional(),
  // The default is documented.
  speechOptions: z.object({ endSilenceTimeoutInMs: z.int().min(0).default(500) }).prefault({}),
});

const request = z
  .object({
    ...operationReference,
    recognizeInputType: anyCase(['dtmf', 'speech', 'speechOrDtmf', 'choices']),
    playPrompt: playSource.optional(),
    /** Several; they take the place of `playPrompt`. */
    playPrompts: z.array(playSource).optional(),
    interruptCallMediaOperation: z.boolean().optional(),
    recognizeOptions,
  })
  .superRefine((body, context) => {
    if (body.recognizeInputType === 'choices' && body.recognizeOptions.choices === undefined) {
      context.addIssue({ code: 'custom', path: ['recognizeOptions', 'choices'], message: 'are needed to choose from' });
    }
  });

export const recognize = defineOperation({
  name: 'recognize',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:recognize',
  status: 202,
  raises: ['RecognizeCompleted', 'RecognizeFailed', 'RecognizeCanceled'],
  failure: 'RecognizeFailed',
  request,

  run({ resource, path, body, fail }) {
    const connection = establishedConnection({ resource, path });
    const prompts = body.playPrompts ?? (body.playPrompt === undefined ? [] : [body.playPrompt]);
    checkSpeechService(connection, prompts, body.recognizeInputType !== 'dtmf');
    const { operationContext, operationCallbackUri } = body;
    const task = new Recognize(resource, connection, {
      operationContext,
      operationCallbackUri,
      recognition: recognitionOf(body),
      target: body.recognizeOptions.targetParticipant.rawId,
      isGroupCall: isGroupCall(connection),
      prompts,
      isPromptInterruptible: body.recognizeOptions.interruptPrompt,
      fail,
    });
    admit(resource, connection, task, body.interruptCallMediaOperation);
    return { connection };
  },
});

function recognitionOf({ recognizeInputType, recognizeOptions }: z.output<typeof request>): Recognition {
  const { dtmfOptions, speechOptions, choices = [], initialSilenceTimeoutInSeconds } = recognizeOptions;
  return {
    input: recognizeInputType,
    // Without a maximum, a stop tone or silence ends the collection.
    maxTones: dtmfOptions.maxTonesToCollect ?? Number.POSITIVE_INFINITY,
    stopTones: dtmfOptions.stopTones,
    choices,
    initialSilenceMs: initialSilenceTimeoutInSeconds * 1000,
    interToneMs: dtmfOptions.interToneTimeoutInSeconds * 1000,
    endSilenceMs: speechOptions.endSilenceTimeoutInMs,
  };
}
