/** The duration of prompts: of files, which are fetched and may be cached, and of texts when they are spoken. */

import type { ResultInformation } from '../calls/result-information.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { PlaySource } from './play-source.ts';
import { COGNITIVE_BAD_REQUEST, DOWNLOAD_FAILED, NOTHING_TO_SPEAK } from './results.ts';
import { ssmlMs, textMs } from './speaking-time.ts';
import { isLocale, isVoice } from './speech-voices.ts';
import { readSsml } from './ssml.ts';

type Text = NonNullable<PlaySource['text']>;
type Markup = NonNullable<PlaySource['ssml']>;

/** Documented: a file with a cache id is kept for an hour. How many are kept is chosen here. */
const KEEP_MS = 3600 * 1000;
const KEEP_FILES = 1000;

export class Sounds {
  readonly #clock: Clock;
  readonly #log: Log;
  /** Voices beside those that the emulator knows, in lower case. */
  readonly voices = new Set<string>();
  /** By `playSourceCacheId`, the oldest first. */
  readonly #kept = new Map<string, { fetchedAtMs: number; lastsMs: number }>();

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** The duration of a source in milliseconds, at least 1; or why it cannot be played. */
  async lengthMs(source: PlaySource): Promise<number | ResultInformation> {
    if (source.kind === 'file') {
      return await this.#fileMs(source);
    }
    const spoken = source.kind === 'text' ? this.#text(source.text) : this.#ssml(source.ssml);
    if (typeof spoken === 'string') {
      this.#log.add({ kind: 'speech', note: spoken });
      return COGNITIVE_BAD_REQUEST;
    }
    return spoken > 0 ? spoken : NOTHING_TO_SPEAK;
  }

  /** Milliseconds, or why the speech service refuses the text. */
  #text({ text = '', voiceName, sourceLocale, customVoiceEndpointId }: Partial<Text> = {}): number | string {
    if (voiceName !== undefined && !this.#isVoice(voiceName, customVoiceEndpointId)) {
      return `the voice "${voiceName}" is not known`;
    }
    if (sourceLocale !== undefined && !isLocale(sourceLocale)) {
      return `the locale "${sourceLocale}" is not known`;
    }
    return textMs(text);
  }

  #ssml({ ssmlText = '', customVoiceEndpointId }: Partial<Markup> = {}): number | string {
    if (ssmlText.trim() === '') {
      return 0;
    }
    const ssml = readSsml(ssmlText, (name) => this.#isVoice(name, customVoiceEndpointId));
    return 'problem' in ssml ? ssml.problem : ssmlMs(ssml);
  }

  /** Which voices a custom endpoint has is known to its owner only. */
  #isVoice(name: string, customVoiceEndpointId: string | undefined): boolean {
    return customVoiceEndpointId !== undefined || isVoice(name) || this.voices.has(name.toLowerCase());
  }

  async #fileMs({ playSourceCacheId, file }: PlaySource): Promise<number | ResultInformation> {
    const kept = playSourceCacheId === undefined ? undefined : this.#kept.get(playSourceCacheId);
    if (kept !== undefined && kept.fetchedAtMs + KEEP_MS > this.#clock.now()) {
      return kept.lastsMs;
    }
    const lastsMs = await this.#fetchMs(file?.uri ?? '');
    if (playSourceCacheId !== undefined && typeof lastsMs === 'number') {
      this.#keep(playSourceCacheId, lastsMs);
    }
    return lastsMs;
  }

  async #fetchMs(url: string): Promise<number | ResultInformation> {
    // Loaded with the first file, so that the emulator starts faster.
    const { fetchAudio, soundingMs } = await import('./audio-file.ts');
    try {
      const audio = await fetchAudio(url);
      this.#log.add({ kind: 'download', url, status: 200 });
      return await soundingMs(audio);
    } catch (error) {
      const { message, cause } = error as Error;
      // A refused connection has no message when several addresses were tried.
      const { message: detail, code } = (cause ?? {}) as NodeJS.ErrnoException;
      const note = [message, detail || code].filter(Boolean).join(': ');
      this.#log.add({ kind: 'download', url, note });
      return DOWNLOAD_FAILED;
    }
  }

  #keep(cacheId: string, lastsMs: number): void {
    this.#kept.delete(cacheId);
    this.#kept.set(cacheId, { fetchedAtMs: this.#clock.now(), lastsMs });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEEP_FILES && oldest !== undefined) {
      this.#kept.delete(oldest);
    }
  }
}
