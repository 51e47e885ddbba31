/** Judges what the API says of an operation by what ACS was asked and did. */
import type { Operation } from '../../../shared/operations/operation.ts';
import type { Answer } from '../../support/api.ts';
import { situations } from '../../support/situations.ts';
import type { AcsRecord } from './record.ts';

export const verdicts = ['lost', 'doubled', 'misreported', 'orphaned'] as const;

export interface Finding {
  readonly verdict: (typeof verdicts)[number];
  readonly what: string;
}

/** The wrongs of an operation that has come to its end. */
export function judge(
  record: AcsRecord,
  operation: Operation,
  key: string,
  calls: readonly string[],
  answers: readonly (Answer | undefined)[],
  [ofOperation, ...ofCalls]: readonly Answer[],
  isSettled: boolean,
): Finding[] {
  const promised = answers.some((answer) => answer !== undefined && answer.status < 300);
  const { status, body } = ofOperation ?? { status: 0, body: {} };
  const done = record.timesDone(key, situations[operation.name]?.wire ?? '');
  const raised = successOf(operation).map((kind) => record.timesRaised(kind, key));
  const connections = calls.map((callId) => record.connectionsOf(callId).length);
  const hasFailed = ['failed', 'canceled'].includes(body.status);
  // The API says of these only that no event had come when the call ended; of those that connect it reads more.
  const isCutShort = body.error?.code === 'callEnded' && !connects(operation);
  const mayNotBeTwice = !harmlessTwice.includes(operation.name);
  const isRaised = raised.some((times) => times > 0);
  const rules: readonly (readonly [Finding['verdict'], string, boolean])[] = [
    ['lost', 'no answer in time', answers.includes(undefined)],
    ['lost', `promised, and read as ${status}`, promised && status !== 200],
    ['orphaned', `still ${body.status}`, promised && !isSettled],
    ['doubled', `done ${done} times`, done > 1 && mayNotBeTwice],
    ['doubled', `success was raised ${raised} times`, raised.some((times) => times > 1) && mayNotBeTwice],
    ['doubled', `${connections} connections`, connections.some((count) => count > 1)],
    [
      'misreported',
      'succeeded, and ACS was not asked',
      body.status === 'succeeded' && !record.wasRequested(key) && !isSatisfied(operation),
    ],
    [
      'misreported',
      'failed, and ACS did it',
      hasFailed && !isCutShort && (isRaised || (operation.settles.by === 'response' && done > 0)),
    ],
    ['orphaned', 'a recording goes on', calls.some((callId) => record.isRecording(callId))],
    ...ofCalls.map(
      (call, index) =>
        [
          'lost',
          'live at ACS, over in the API',
          record.connectionsOf(calls[index] ?? '').some(({ state }) => state !== 'disconnected') &&
            call.body.status === 'disconnected',
        ] as const,
    ),
  ];
  return rules.flatMap(([verdict, why, isSo]) => (isSo ? [{ verdict, what: `${why}: ${JSON.stringify(body)}` }] : []));
}

/** What has the same effect when ACS is asked twice, which has no way to recognize these requests (ACS's own list). */
const harmlessTwice: readonly string[] = [
  'startContinuousDtmfRecognition',
  'stopContinuousDtmfRecognition',
  'hold',
  'unhold',
  'muteParticipant',
  'cancelAllMediaOperations',
  'updateTranscription',
  'pauseRecording',
  'resumeRecording',
  'deleteRecording',
];

const connects = ({ settles }: Operation) => settles.by === 'event' && settles.connects === true;

const successOf = ({ settles }: Operation): readonly string[] => (settles.by === 'event' ? settles.success : []);

/** An operation whose effect is there already need not be asked of ACS. */
const isSatisfied = ({ satisfiedBy }: Operation) => satisfiedBy !== undefined;
