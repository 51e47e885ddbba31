/** A story: what a back end asks, what the people at the other end do, and what is expected to come of it. */

import type { Operation } from '../../shared/calls/operation-life/operation-record.ts';

/** What a story may need besides the API. */
export type Need = 'people' | 'incomingCalls' | 'recordingFiles' | 'unroutedCallsRing' | 'crash';

export interface Story {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly Need[];
  play(stage: Stage): Promise<void>;
}

/** The verbs of a story. */
export interface Stage {
  /** Asks the API, as a back end does, and waits until the operation has settled. A problem ends the story. */
  ask<Answer = Operation>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<Answer>;
  /** Has people do something, by the emulator's control API; `what` describes it. */
  people(what: string, method: 'put' | 'post', path: string, body: object): Promise<void>;
  /** Ends the story unless the two are deeply equal. */
  expect(what: string, actual: unknown, expected: unknown): void;
  /** Reads from the API until the answer is so. Ends the story when it does not become so in time, 20 s unless given. */
  until<Answer>(what: string, path: string, isSo: (answer: Answer) => boolean, withinSeconds?: number): Promise<Answer>;
  /** Lets time pass. */
  wait(what: string, seconds: number): Promise<void>;
  /** Kills the app, and starts it again. */
  crash(what: string): Promise<void>;
  /** Fetches a file from the API. An answer other than 200 ends the story. */
  download(what: string, path: string): Promise<Uint8Array>;
}

/** A list of the API. */
export interface List<Item> {
  readonly items: readonly Item[];
}

/** The error that ends a story that does not go as expected; its journal says why. */
export class StoryBroken extends Error {}
