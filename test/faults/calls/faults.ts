/** The faults that calls are put to, one kind in each round besides the kill of the host. */
import type { Emulator } from '../../../local/emulator/index.ts';
import type { PassThrough } from '../../support/proxy.ts';
import type { Choices } from '../sequences/rounds.ts';

/** The requests that make calls, and those that add to them. */
const operations = ['createCall', 'connect', 'answerCall', 'addParticipant'] as const;
const events = ['CallConnected', 'ParticipantsUpdated', 'AddParticipantSucceeded', 'CallDisconnected'] as const;

/** Cuts a connection by an exception. */
export type Cut = PassThrough['onPass'];

/** What a fault is injected into. */
interface Surroundings {
  readonly emulator: Emulator;
  /** What may cut a connection between the app and its tables. */
  readonly cuts: Set<Cut>;
  readonly choices: Choices;
}

/** Starts to inject a fault; how often it was is known when it is ended. */
type Fault = (surroundings: Surroundings) => Promise<() => Promise<number>>;

const atAcs =
  (matches: readonly [string, ...string[]], action: object, times: number): Fault =>
  async ({ emulator: { control }, choices }) => {
    const match = choices.oneOf(matches);
    const { id } = (await control.post('faults', { match, do: action, times })) as { id: string };
    return async () => {
      const { used } = (await control.get(`faults/${id}`)) as { used: number };
      await control.delete(`faults/${id}`);
      return used;
    };
  };

/** Storage has written, and the acknowledgement is lost: the connection is cut before its answer. */
const lostAcknowledgement: Fault = async ({ cuts, choices }) => {
  const skipped = choices.upTo(6);
  let seen = 0;
  let lost = 0;
  const cut: Cut = ({ method }, moment) => {
    const isWritten = method !== 'GET' && moment === 'answer';
    seen += isWritten ? 1 : 0;
    if (isWritten && seen > skipped && lost < 2) {
      lost += 1;
      throw new Error('the acknowledgement is lost');
    }
  };
  cuts.add(cut);
  return async () => {
    cuts.delete(cut);
    return lost;
  };
};

export const faults: Readonly<Record<string, Fault>> = {
  none: async () => async () => 0,
  'response dropped': atAcs(operations, { dropResponse: true }, 2),
  'event dropped': atAcs(events, { dropEvent: true }, 2),
  'event delayed': atAcs(events, { delayEventMs: 1500 }, 3),
  'event duplicated': atAcs(events, { duplicateEvent: true }, 3),
  'request refused': atAcs(operations, { status: 503 }, 5),
  'acknowledgement of storage lost': lostAcknowledgement,
};
