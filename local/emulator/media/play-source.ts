/** Play sources of requests: a file, a text or SSML. */

import * as z from 'zod';
import { addressProblem } from '../delivery/post.ts';
import { anyCase } from '../http/body-fields.ts';

const file = z.object({
  uri: z.string().superRefine((uri, context) => {
    const problem = addressProblem(uri);
    if (problem !== undefined) {
      context.addIssue(problem);
    }
  }),
});

const text = z.object({
  text: z.string(),
  sourceLocale: z.string().optional(),
  voiceKind: anyCase(['male', 'female']).optional(),
  voiceName: z.string().optional(),
  customVoiceEndpointId: z.string().optional(),
});

const ssml = z.object({ ssmlText: z.string(), customVoiceEndpointId: z.string().optional() });

/** PlaySource; `kind` names the required property. */
export const playSource = z
  .object({
    kind: anyCase(['file', 'text', 'ssml']),
    playSourceCacheId: z.string().optional(),
    file: file.optional(),
    text: text.optional(),
    ssml: ssml.optional(),
  })
  .superRefine((source, context) => {
    if (source[source.kind] === undefined) {
      context.addIssue(`kind ${source.kind} needs ${source.kind}`);
    }
  });

export type PlaySource = z.output<typeof playSource>;
