import { expect, test } from 'vitest';
import { flowchart } from '../../../local/docs/flowchart.ts';

test('every kind of step has its shape, and every way its arrow', () => {
  const lines = flowchart({
    steps: [
      { id: 'add', do: 'addParticipant', onFailure: 'continue', timeout: 'PT20S', onTimeout: [{ do: 'hangUp' }] },
      { if: { ref: '$steps.add.status', equals: 'succeeded' }, then: [{ wait: 'PT1S' }] },
      { parallel: [[{ result: { said: '"yes"' } }], [{ fail: { code: 'declined', message: '' } }]], until: 'first' },
      {
        repeat: {
          times: 2,
          steps: [{ waitFor: { events: ['PlayCompleted'], timeout: 'PT5S' } }],
          until: { ref: '$callId', exists: true },
        },
      },
    ],
    finally: [{ do: 'hangUp' }],
  });
  expect(lines.slice(2, -1).map((line) => line.trim())).toEqual([
    'n1(("start"))',
    'n2["add: addParticipant, may fail"]',
    'n1 --> n2',
    'n3["hangUp"]',
    'n2 -.->|"after PT20S"| n3',
    'n4{"add.status is succeeded?"}',
    'n2 --> n4',
    'n5(["wait PT1S"])',
    'n4 -->|"yes"| n5',
    'n6[["at once, until the first is done"]]',
    'n5 --> n6',
    'n4 -->|"no"| n6',
    'n7[/"result: said = #quot;yes#quot;"/]',
    'n6 --> n7',
    'n8(["fail: declined"])',
    'n6 --> n8',
    'n9{{"at most 2 times"}}',
    'n7 --> n9',
    'n10(["wait for PlayCompleted, at most PT5S"])',
    'n9 --> n10',
    'n10 -->|"again"| n9',
    'n11>"finally"]',
    'n10 -->|"until callId is there"| n11',
    'n12["hangUp"]',
    'n11 --> n12',
    'n13(("end"))',
    'n12 --> n13',
  ]);
});
