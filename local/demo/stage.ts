/** The verbs of a story on running parts. What they do and see is written into a journal. */

import { setTimeout as sleep } from 'node:timers/promises';
import { inspect, isDeepStrictEqual } from 'node:util';
import type { Operation } from '../../shared/calls/operation-life/operation-record.ts';
import type { TimelineEntry } from '../../shared/calls/timeline.ts';
import { sentenceOf, withShortIds } from '../../shared/calls/timeline-text.ts';
import { controlClient } from '../emulator/index.ts';
import { type Api, openApi, send } from './api.ts';
import type { Finding, Journal, Moment, Who } from './journal.ts';
import type { Scene } from './scene.ts';
import { type List, type Stage, StoryBroken } from './story.ts';
import { answerInWords, requestInWords } from './wording.ts';

const pollMs = 50;
const untilSeconds = 20;

/** The verbs are fields, so that a story can take them apart. */
export class JournaledStage implements Stage {
  readonly #api: Api;
  readonly #scene: Scene;
  readonly #moments: Moment[] = [];
  readonly #findings: Finding[] = [];
  readonly #callIds = new Set<string>();
  readonly #written = new Set<string>();

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#api = openApi(scene);
  }

  readonly ask = async <Answer = Operation>(method: string, path: string, body?: object): Promise<Answer> => {
    this.#note('you', requestInWords(method, path, body));
    if (method === 'PUT') {
      this.#written.add(path);
    }
    const answer = await this.#api(method, path, body);
    this.#see(answer.status, answer.body);
    if (answer.status >= 400) {
      this.#find(`the API takes ${method} /${path}`, 'a 2xx answer', answerInWords(answer.status, answer.body));
    }
    return answer.body as Answer;
  };

  readonly people = async (what: string, method: 'put' | 'post', path: string, body: object): Promise<void> => {
    this.#note('people', what);
    await controlClient(had(this.#scene.emulatorUrl))[method](path, body);
  };

  readonly expect = (what: string, actual: unknown, expected: unknown): void => {
    const isSo = isDeepStrictEqual(actual, expected);
    this.#find(what, inspect(expected), isSo ? undefined : inspect(actual));
  };

  readonly until = async <Answer>(
    what: string,
    path: string,
    isSo: (answer: Answer) => boolean,
    withinSeconds = untilSeconds,
  ): Promise<Answer> => {
    const untilMs = Date.now() + withinSeconds * 1000;
    for (;;) {
      const { status, body } = await this.#api('GET', path);
      const isMet = status === 200 && isSo(body as Answer);
      if (isMet || Date.now() > untilMs) {
        this.#note('you', requestInWords('GET', path, undefined));
        this.#see(status, body);
        const actual = isMet ? undefined : answerInWords(status, body);
        this.#find(what, `to see it at /${path} within ${withinSeconds} s`, actual);
        return body as Answer;
      }
      await sleep(pollMs, undefined, { signal: this.#scene.over });
    }
  };

  readonly wait = async (what: string, seconds: number): Promise<void> => {
    this.#note('people', `${what}, for ${seconds} s`);
    await sleep(seconds * 1000, undefined, { signal: this.#scene.over });
  };

  readonly crash = async (what: string): Promise<void> => {
    this.#note('app', what);
    await had(this.#scene.crashApp)();
    this.#note('app', 'is up again');
  };

  readonly download = async (what: string, path: string): Promise<Uint8Array> => {
    this.#note('you', requestInWords('GET', path, undefined));
    const response = await send(this.#scene, path);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const actual = `${response.status} ${response.headers.get('content-type')}, ${bytes.length} bytes`;
    this.#note('app', `answers ${actual}`);
    this.#find(what, 'a 200 answer', response.status === 200 ? undefined : actual);
    return bytes;
  };

  /** Deletes what the story has PUT to the app. */
  async clear(): Promise<void> {
    for (const path of this.#written) {
      await this.#api('DELETE', path);
    }
  }

  /** What was seen, with the timelines of the calls that were. */
  async journal(): Promise<Journal> {
    const timelines = await Promise.all([...this.#callIds].map((callId) => this.#timeline(callId)));
    return { moments: [...this.#moments, ...timelines.flat()], findings: this.#findings };
  }

  /** A call that was never answered has none. */
  async #timeline(callId: string): Promise<Moment[]> {
    const { status, body } = await this.#api('GET', `calls/${callId}/timeline?limit=200`);
    if (status === 404) {
      return [];
    }
    if (status !== 200) {
      throw new Error(`Expected the timeline of a call, got ${answerInWords(status, body)}`);
    }
    return (body as List<TimelineEntry>).items.map((entry) => ({ atMs: Date.parse(entry.at), ...sentenceOf(entry) }));
  }

  #note(who: Who, what: string): void {
    this.#moments.push({ atMs: Date.now(), who, what: withShortIds(what) });
  }

  #see(status: number, body: unknown): void {
    this.#note('app', `answers ${answerInWords(status, body)}`);
    if (typeof body === 'object' && body !== null && 'callId' in body) {
      this.#callIds.add(String(body.callId));
    }
  }

  #find(what: string, expected: string, actual: string | undefined): void {
    this.#findings.push({
      what,
      expected: withShortIds(expected),
      ...(actual !== undefined && { actual: withShortIds(actual) }),
    });
    if (actual !== undefined) {
      throw new StoryBroken(what);
    }
  }
}

/** A part of the scene that is among the story's needs. */
function had<Part>(part: Part | undefined): Part {
  if (part === undefined) {
    throw new Error('A story needs what it does not say.');
  }
  return part;
}
