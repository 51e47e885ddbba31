/** What goes wrong while one operation is performed: a fault knows the requests of that operation from all others. */
import type { Choices } from '../sequences/rounds.ts';
import type { Place, Stage, Tap } from './stage.ts';

/** How the requests of an operation are recognized: ACS's by the key, all by the ids in them. More ids may be known later. */
export interface Target {
  readonly key: string;
  readonly ids: readonly string[];
}

/** An injected fault: how often it struck, and its end. */
export interface Injected {
  readonly struck: () => number;
  end(): void;
}

type Fault = (stage: Stage, target: Target, choices: Choices) => Injected;

const isOf: Readonly<Record<Place, (target: Target, ...passing: Parameters<Tap>) => boolean>> = {
  acs: ({ key, ids }, { body }, _moment, { headers }) =>
    headers['repeatability-request-id'] === key || ids.some((id) => body.includes(id)),
  storage: ({ key, ids }, { path, body }) => [key, ...ids].some((id) => path.includes(id) || body.includes(id)),
  callbacks: ({ ids }, { path }) => ids.some((id) => path.endsWith(`/callbacks/${id}`)),
};

/** Strikes what passes of the operation, after some that it lets through; `strike` says what then happens. */
const at =
  (place: Place, moment: 'request' | 'answer', lets: number, times: number, strike: () => unknown): Fault =>
  ({ taps }, target, choices) => {
    const skipped = choices.upTo(lets + 1);
    let seen = 0;
    let struck = 0;
    const tap: Tap = (...passing) => {
      if (passing[1] !== moment || !isOf[place](target, ...passing)) {
        return undefined;
      }
      seen += 1;
      if (seen <= skipped || struck >= times) {
        return undefined;
      }
      struck += 1;
      return strike();
    };
    taps[place].add(tap);
    return { struck: () => struck, end: () => void taps[place].delete(tap) };
  };

const cut = () => {
  throw new Error('the connection is cut');
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Longer than the app waits for ACS, and than it waits for storage. */
const stallMs = 4000;

/** Late enough for what follows it to arrive before. */
const lateMs = 1500;

/** An event that ACS takes for delivered, and that the app never gets. */
const lost = () => 200;

/** Kills the first host at one of the moments of the operation. */
const killed: Fault = (stage, target, choices) => {
  const last = choices.upTo(12);
  let seen = 0;
  let struck = 0;
  const places = ['acs', 'storage', 'callbacks'] as const;
  const tap: (place: Place) => Tap =
    (place) =>
    (...passing) => {
      if (struck > 0 || !isOf[place](target, ...passing)) {
        return;
      }
      seen += 1;
      if (seen > last) {
        struck += 1;
        void stage.killFirst();
        cut();
      }
    };
  const all = places.map((place) => [place, tap(place)] as const);
  for (const [place, one] of all) {
    stage.taps[place].add(one);
  }
  return {
    struck: () => struck,
    end() {
      for (const [place, one] of all) {
        stage.taps[place].delete(one);
      }
    },
  };
};

const none: Fault = () => ({ struck: () => 1, end: () => {} });

/** Of a request to ACS the first ones, of storage any of the first few, of events some. */
export const faults = {
  none,
  'host killed': killed,
  'two hosts at once': none,
  'ACS 429': at('acs', 'request', 0, 1, () => 429),
  'ACS 503': at('acs', 'request', 0, 2, () => 503),
  'ACS cut off': at('acs', 'request', 0, 1, cut),
  'ACS stalled': at('acs', 'request', 0, 1, () => pause(stallMs)),
  'ACS response lost': at('acs', 'answer', 0, 1, cut),
  'storage 429': at('storage', 'request', 4, 2, () => 429),
  'storage 503': at('storage', 'request', 4, 3, () => 503),
  'storage cut off': at('storage', 'request', 4, 2, cut),
  'storage stalled': at('storage', 'request', 4, 2, () => pause(stallMs).then(cut)),
  'acknowledgement lost': at('storage', 'answer', 4, 2, cut),
  'event lost': at('callbacks', 'request', 3, 1, lost),
  'event refused': at('callbacks', 'request', 3, 3, () => 503),
  'event late': at('callbacks', 'request', 3, 2, () => pause(lateMs)),
  'event twice': at('callbacks', 'answer', 0, 4, () => 503),
  'events an hour later': none,
  'malformed events': none,
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;
