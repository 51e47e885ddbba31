/** What can be played: an audio file, a text that is spoken, or SSML. */
import type { FileSource, SsmlSource, TextSource, VoiceKind } from '@azure/communication-call-automation';
import * as z from 'zod';
import { defined } from './defined.ts';
import { ssmlWithUrls, urlFor } from './urls.ts';

/** ACS caches a file under this name (play action how-to). */
const cacheId = z.string().min(1).max(256).optional();

const file = z
  .strictObject({
    file: urlFor(
      'file',
      z.url({ protocol: /^https?$/ }).meta({
        description: 'URL of a WAV file: mono, 16-bit PCM, 16 kHz',
        example: 'https://example.com/welcome.wav',
      }),
    ),
    cacheId,
  })
  .meta({ id: 'FileSource' });

const text = z
  .strictObject({
    text: z.string().min(1).max(4000),
    locale: z.string().min(2).optional().meta({ example: 'en-US' }),
    voice: z.string().min(1).optional().meta({ example: 'en-US-NancyNeural' }),
    voiceKind: z.enum(['female', 'male']).optional(),
    customVoiceEndpointId: z.string().min(1).optional(),
    cacheId,
  })
  .meta({ id: 'TextSource' });

const ssml = z
  .strictObject({
    ssml: ssmlWithUrls(z.string().min(1).max(64_000)),
    customVoiceEndpointId: z.string().min(1).optional(),
    cacheId,
  })
  .meta({ id: 'SsmlSource' });

const expected = 'expected {file}, {text} or {ssml}';

/** One source. The member that it has says which kind it is. */
export const playSource = z.union([file, text, ssml], expected).meta({ id: 'PlaySource', description: expected });

/** The SDK's source. */
export function toPlaySource(source: z.output<typeof playSource>): FileSource | TextSource | SsmlSource {
  if ('file' in source) {
    return defined({ kind: 'fileSource' as const, url: source.file, playSourceCacheId: source.cacheId });
  }
  const { cacheId: playSourceCacheId, customVoiceEndpointId } = source;
  const common = { playSourceCacheId, customVoiceEndpointId };
  if ('ssml' in source) {
    return defined({ kind: 'ssmlSource' as const, ssmlText: source.ssml, ...common });
  }
  const { locale: sourceLocale, voice: voiceName } = source;
  // The SDK's enum has the same values, but takes no plain strings.
  const voiceKind = source.voiceKind as VoiceKind | undefined;
  return defined({ kind: 'textSource' as const, text: source.text, sourceLocale, voiceName, voiceKind, ...common });
}
