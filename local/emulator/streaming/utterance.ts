/** Utterances: the timing of spoken words, and the results of their transcription. */

import { MS_PER_CHARACTER } from '../media/speaking-time.ts';
import type { TranscriptionData, Word } from './frames.ts';

const TICKS_PER_MS = 10_000;

/** A result of the speech service, and its time, counted from the first word. */
interface Result {
  readonly afterMs: number;
  readonly data: Pick<TranscriptionData, 'text' | 'offset' | 'duration' | 'words' | 'resultStatus'>;
}

/** Results for words that start `startMs` into the transcription: one for each word if wanted, and the final one. */
export function resultsOf(text: string, startMs: number, wantsIntermediate: boolean): Result[] {
  const spoken = [...text.replace(/\s+/g, ' ').trim().matchAll(/\S+/g)];
  const words = spoken.map(({ 0: word, index }) => timed(word, startMs + index * MS_PER_CHARACTER));
  const upTo = (count: number): Result => {
    const phrase = spoken.slice(0, count).join(' ');
    const afterMs = phrase.length * MS_PER_CHARACTER;
    return {
      afterMs,
      data: {
        text: phrase,
        offset: startMs * TICKS_PER_MS,
        duration: afterMs * TICKS_PER_MS,
        words: words.slice(0, count),
        resultStatus: count === spoken.length ? 'Final' : 'Intermediate',
      },
    };
  };
  const counts = spoken.map((_, index) => index + 1);
  return (wantsIntermediate ? counts : counts.slice(-1)).map(upTo);
}

/** The lexical form of a word: as the documented sample has it, without capitals and punctuation. */
function timed(word: string, startMs: number): Word {
  const text = word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || word;
  return { text, offset: startMs * TICKS_PER_MS, duration: word.length * MS_PER_CHARACTER * TICKS_PER_MS };
}
