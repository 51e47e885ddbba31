/** The queue of media operations, for any sequence of requests and endings. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOnMainLeg, MEDIA_OPERATIONS, type MediaOperation } from '../../../../local/emulator/media/compatibility.ts';
import { MediaQueue, type MediaTask, type StopReason } from '../../../../local/emulator/media/media-queue.ts';

/** A task that notes what happens to it, and ends when the test ends it. */
class Probe implements MediaTask {
  readonly operation: MediaOperation;
  readonly targets: readonly string[];
  readonly operationContext = undefined;
  readonly happened: (StopReason | 'started' | 'over')[] = [];
  #over = (): void => undefined;

  constructor(operation: MediaOperation, targets: readonly string[]) {
    this.operation = operation;
    this.targets = operation === 'playToAll' ? [] : targets;
  }

  start(over: () => void): void {
    this.happened.push('started');
    this.#over = over;
  }

  stop(reason: StopReason): void {
    this.happened.push(reason);
  }

  end(): void {
    this.happened.push('over');
    this.#over();
  }
}

const targets = fc.subarray(['Anna', 'Bob', 'Cleo'], { minLength: 1 });
const command = fc.oneof(
  fc.record({ do: fc.constantFrom('add', 'bargeIn'), operation: fc.constantFrom(...MEDIA_OPERATIONS), targets }),
  fc.record({ do: fc.constant('end'), which: fc.nat() }),
  fc.record({ do: fc.constant('cancel'), who: fc.constantFrom('Anna', 'Bob', 'Cleo') }),
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

function perform(queue: MediaQueue, each: Command): Probe | undefined {
  if ('operation' in each) {
    const task = new Probe(each.operation, each.targets);
    if (each.do === 'bargeIn') {
      queue.bargeIn(task);
      return task;
    }
    if (queue.blocker(task.operation, task.targets) === undefined) {
      queue.add(task);
      return task;
    }
  } else if ('which' in each) {
    const running = queue.entries().filter(({ isRunning }) => isRunning);
    (running[each.which % Math.max(1, running.length)]?.task as Probe | undefined)?.end();
  } else {
    queue.stop('canceled', (task) => task.targets.includes(each.who));
  }
  return undefined;
}

test('every task starts at most once and ends at most once, and what is there runs when its leg is free', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const queue = new MediaQueue();
      const tasks: Probe[] = [];
      for (const each of commands) {
        const task = perform(queue, each);
        tasks.push(...(task === undefined ? [] : [task]));

        const entries = queue.entries();
        const main = entries.filter(({ task: { operation } }) => isOnMainLeg(operation));
        expect(main.map(({ isRunning }) => isRunning)).toEqual(main.map((_, index) => index === 0));
        for (const { task: there, isRunning } of entries) {
          expect((there as Probe).happened).toEqual(isRunning ? ['started'] : []);
        }
        for (const { happened } of tasks.filter((known) => !entries.some(({ task: there }) => there === known))) {
          expect(['started,over', 'started,canceled', 'canceled']).toContain(happened.join());
        }
      }
    }),
  );
});

test('nothing runs beside what forbids it', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const queue = new MediaQueue();
      for (const each of commands) {
        perform(queue, each);
        const busy = queue
          .entries()
          .map(({ task }) => task)
          .filter(({ operation }) => ['playTo', 'recognizeGroup', 'sendDtmf'].includes(operation))
          .flatMap((task) => task.targets);
        expect(new Set(busy).size).toBe(busy.length);
      }
    }),
  );
});
