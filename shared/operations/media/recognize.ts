/** recognize: listen to one participant for digits, speech or one of several choices, after prompts if there are any. */
import type { RecognitionChoice } from '@azure/communication-call-automation';
import * as z from 'zod';
import { withBodyMembers } from '../../acs/client/request-scope.ts';
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { defined } from '../fields/defined.ts';
import { operationInput } from '../fields/fields.ts';
import { participant } from '../fields/people.ts';
import { playSource, toPlaySource } from '../fields/play-source.ts';
import { tone, toTones } from '../fields/tone.ts';
import { defineOperation } from '../operation.ts';
import { cancelAllMediaOperations } from './cancel-all-media-operations.ts';

const inputs = ['dtmf', 'speech', 'speechOrDtmf', 'choices'] as const;
type Input = (typeof inputs)[number];

/** The inputs that each option applies to; the others apply to all. */
const optionsOf: Readonly<Record<string, readonly Input[]>> = {
  maxTones: ['dtmf', 'speechOrDtmf'],
  stopTones: ['dtmf', 'speechOrDtmf'],
  interToneTimeoutSeconds: ['dtmf', 'speechOrDtmf'],
  endSilenceTimeoutMilliseconds: ['speech', 'speechOrDtmf'],
  choices: ['choices'],
  locale: ['speech', 'speechOrDtmf', 'choices'],
  speechModelEndpointId: ['speech', 'speechOrDtmf', 'choices'],
};

/** The SDK's defaults of timeouts. */
export const recognizeDefaults = { initialSilenceSeconds: 5, interToneSeconds: 2, endSilenceMilliseconds: 2000 };

const choice = z.strictObject({
  label: z.string().min(1).max(256),
  phrases: z.array(z.string().min(1)).min(1, 'expected at least one phrase'),
  tone: tone.optional(),
});

const fields = operationInput({
  participant,
  input: z.enum(inputs),
  prompt: playSource.optional(),
  prompts: z.array(playSource).min(1).max(50).optional(),
  maxTones: z.int().min(1).max(100).optional(),
  stopTones: z.array(tone).optional(),
  interToneTimeoutSeconds: z.int().min(1).max(60).optional(),
  initialSilenceTimeoutSeconds: z.int().min(0).max(300).optional(),
  endSilenceTimeoutMilliseconds: z.int().min(0).max(60_000).optional(),
  choices: z.array(choice).min(1).max(50).optional(),
  locale: z.string().min(2).optional(),
  speechModelEndpointId: z.string().min(1).optional(),
  interruptPrompt: z.boolean().optional(),
  interrupt: z.boolean().optional(),
  masked: z.boolean().optional().meta({
    description:
      'Digits, words and prompts are in no answer and no webhook: the `notifyUrl` of the request alone gets the result',
  }),
});

/** Reports rules over several fields together with the rules of single fields. */
const always = () => true;

const complete = fields
  .refine(({ input, choices }) => input !== 'choices' || choices !== undefined, {
    path: ['choices'],
    message: 'required when input is choices',
    when: always,
  })
  .refine(({ prompt, prompts }) => !prompt || !prompts, {
    path: ['prompts'],
    message: 'give prompt or prompts, not both',
    when: always,
  });

const delivered = complete.refine(
  ({ masked, notifyUrl, operationCallbackUrl }) => !masked || (notifyUrl ?? operationCallbackUrl) !== undefined,
  {
    path: ['notifyUrl'],
    message: 'required with masked, since only it gets the result; in a sequence give the step masked instead',
    when: always,
  },
);

const schema = Object.entries(optionsOf).reduce(
  (checked, [option, takenBy]) =>
    checked.refine(
      (given) => !Object.hasOwn(given, option) || !inputs.includes(given.input) || takenBy.includes(given.input),
      {
        path: [option],
        message: `is for input ${takenBy.join(', ')} only`,
        when: always,
      },
    ),
  delivered,
);

export const recognize = defineOperation({
  name: 'recognize',
  summary: 'Listen to a participant for digits, speech or one of several choices',
  method: 'POST',
  path: 'calls/{callId}/media/recognize',
  target: 'call',
  input: schema,
  example: {
    participant: '+14255550123',
    input: 'dtmf',
    maxTones: 4,
    stopTones: ['pound'],
    prompt: { text: 'Enter your PIN, then press the pound key.', locale: 'en-US' },
  },
  result: z.object({
    recognitionType: z.string(),
    tones: z.array(z.string()),
    choice: z.looseObject({ label: z.string() }),
    speech: z.looseObject({ speech: z.string() }),
    failedPlaySourceIndex: z.int(),
  }),
  settles: {
    by: 'event',
    success: ['RecognizeCompleted'],
    failure: ['RecognizeFailed'],
    canceled: ['RecognizeCanceled'],
    // Time for the prompts, and for operations queued before them.
    withinSeconds: 900,
  },
  // ACS cancels all media of a call at once.
  undo: { whileOpen: { by: cancelAllMediaOperations } },
  onRetry: 'performedAgain',
  lastsSeconds: ({ initialSilenceTimeoutSeconds, interToneTimeoutSeconds, maxTones = 20 }) =>
    (initialSilenceTimeoutSeconds ?? recognizeDefaults.initialSilenceSeconds) +
    maxTones * (interToneTimeoutSeconds ?? recognizeDefaults.interToneSeconds),
  about: ({ participant: one }) => [one],
  media: ({ participant: one, interrupt }) => ({
    action: 'recognizeNonGroup',
    actionInGroupCall: 'recognizeGroup',
    participants: [one],
    interrupts: interrupt,
  }),

  async send({ acs, input, callConnectionId, options }) {
    const media = acs.getCallConnection(callConnectionId).getCallMedia();
    await withBodyMembers(zeroTimeouts(input), () =>
      media.startRecognizing(toIdentifier(input.participant), { ...recognizeOptions(input), ...options }),
    );
    return {};
  },
});

type Recognize = z.output<typeof schema>;

/** The SDK's options: it has a kind for each input. */
function recognizeOptions(input: Recognize) {
  const { prompt, prompts = prompt && [prompt], maxTones, stopTones, choices = [] } = input;
  const common = {
    playPrompts: prompts?.map(toPlaySource),
    interruptPrompt: input.interruptPrompt,
    interruptCallMediaOperation: input.interrupt,
    initialSilenceTimeoutInSeconds: input.initialSilenceTimeoutSeconds ?? recognizeDefaults.initialSilenceSeconds,
  };
  const dtmf = {
    maxTonesToCollect: maxTones,
    stopDtmfTones: stopTones && toTones(stopTones),
    interToneTimeoutInSeconds: input.interToneTimeoutSeconds ?? recognizeDefaults.interToneSeconds,
  };
  const language = {
    speechLanguage: input.locale,
    speechRecognitionModelEndpointId: input.speechModelEndpointId,
  };
  const endSilence = input.endSilenceTimeoutMilliseconds ?? recognizeDefaults.endSilenceMilliseconds;
  const speech = { ...language, endSilenceTimeoutInSeconds: endSilence / 1000 };
  switch (input.input) {
    case 'dtmf':
      return defined({ kind: 'callMediaRecognizeDtmfOptions' as const, ...common, ...dtmf });
    case 'speech':
      return defined({ kind: 'callMediaRecognizeSpeechOptions' as const, ...common, ...speech });
    case 'speechOrDtmf':
      return defined({ kind: 'callMediaRecognizeSpeechOrDtmfOptions' as const, ...common, ...dtmf, ...speech });
    case 'choices':
      return defined({
        kind: 'callMediaRecognizeChoiceOptions' as const,
        ...common,
        ...language,
        choices: choices.map((one) => defined(one) as RecognitionChoice),
      });
  }
}

/** The SDK mistakes a timeout of 0 for none, and sends its default instead. */
function zeroTimeouts({ initialSilenceTimeoutSeconds, endSilenceTimeoutMilliseconds }: Recognize) {
  return {
    recognizeOptions: {
      ...(initialSilenceTimeoutSeconds === 0 && { initialSilenceTimeoutInSeconds: 0 }),
      ...(endSilenceTimeoutMilliseconds === 0 && { speechOptions: { endSilenceTimeoutInMs: 0 } }),
    },
  };
}
