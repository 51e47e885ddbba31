/** Parties: the people on the other end of calls, each with a script. */

import * as z from 'zod';
import { BoundedMap } from '../bounded-map.ts';
import { fromRawId, type Identifier, isUndialable } from '../identifiers.ts';

/** Keys, one after the other; the limit is chosen here. */
export const press = z
  .string()
  .max(1000)
  .regex(/^[0-9*#A-D]+$/, 'may hold 0-9 * # A-D');
/** Words of one utterance; the limit is chosen here. */
export const say = z.string().min(1).max(1000);
const milliseconds = z
  .int()
  .min(0)
  .max(24 * 3600 * 1000);

/** What a party does once it is in the call, step by step. `onListening` waits for a recognize on this party. */
const step = z.union([
  z.strictObject({ waitMs: milliseconds }),
  z.strictObject({ press }),
  z.strictObject({ say }),
  z.strictObject({ onListening: z.union([z.strictObject({ press }), z.strictObject({ say })]) }),
  z.strictObject({ hangUp: z.literal(true) }),
]);

/**
 * A party's script. Two values mean that no script decides: `incomingCall` rings at an application, as an IncomingCall;
 * `ask` rings until a person decides, on the phone page or by the control API.
 */
export const script = z.strictObject({
  onRing: z
    .enum(['answer', 'decline', 'busy', 'noAnswer', 'voicemail', 'unreachable', 'invalidNumber', 'incomingCall', 'ask'])
    .default('answer'),
  afterMs: milliseconds.default(200),
  then: z.array(step).max(1000).default([]),
});

export type Step = z.output<typeof step>;
export type Script = z.output<typeof script>;

const DEFAULT_SCRIPT: Script = script.parse({});

/** How many scripts are kept (chosen here): a new one replaces the oldest. */
const KEEP_SCRIPTS = 10_000;

/** The scripts by raw id; a party without one answers after 200 ms and stays. */
export class Parties {
  readonly #scripts = new BoundedMap<string, Script>(KEEP_SCRIPTS);

  set(party: Identifier, settings: Script): void {
    this.#scripts.set(party.rawId, settings);
  }

  delete(party: Identifier): boolean {
    return this.#scripts.delete(party.rawId);
  }

  /** The script that was set, if any. */
  scripted(party: Identifier): Script | undefined {
    return this.#scripts.get(party.rawId);
  }

  /** The script that the party follows. */
  of(party: Identifier): Script {
    return this.scripted(party) ?? DEFAULT_SCRIPT;
  }

  all(): { id: string; settings: Script }[] {
    return [...this.#scripts].map(([rawId, settings]) => ({ id: publicId(fromRawId(rawId)), settings }));
  }
}

/** The id as people write it: E.164 for a phone number that is shown, else the raw id. */
export function publicId(party: Identifier): string {
  return party.phoneNumber === undefined || isUndialable(party) ? party.rawId : party.phoneNumber.value;
}
