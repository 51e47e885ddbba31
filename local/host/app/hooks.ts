/** The hooks of an app, run in the order they were registered; one that throws stops what it precedes. */

import { Disposable } from './disposable.ts';
import { SystemRangeError } from './system-error.ts';

/** Every hook of the worker, by the name that libraries register it under. */
const hookNames = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;

export type HookName = (typeof hookNames)[number];

export type HookCallback = (context: object) => unknown;

export class Hooks {
  /** Shared by all hooks of the app, whatever their scope. */
  readonly appHookData: Record<string, unknown> = {};
  /** Shared by appStart and appTerminate only. */
  readonly appLevelHookData: Record<string, unknown> = {};
  readonly #callbacks = new Map<HookName, HookCallback[]>(hookNames.map((name) => [name, []]));

  /** Throws the RangeError by which the library recognises a host without that hook. */
  register(name: string, callback: HookCallback): Disposable {
    const callbacks = this.#of(name);
    callbacks.push(callback);
    return new Disposable(() => {
      const index = callbacks.indexOf(callback);
      if (index !== -1) {
        callbacks.splice(index, 1);
      }
    });
  }

  /** Runs the hooks of one name, each after the one before has settled. */
  async run(name: HookName, context: object): Promise<void> {
    for (const callback of [...this.#of(name)]) {
      await callback(context);
    }
  }

  /** Log hooks cannot be awaited: a log line is written where it is called. */
  runLogHooks(context: object): void {
    for (const callback of [...this.#of('log')]) {
      callback(context);
    }
  }

  /** The context of one run: `fixed` members cannot be assigned, `open` ones can and are read back. */
  static context<Open extends object>(fixed: object, open: Open): Open {
    const members = Object.entries(fixed).map(([name, value]) => [name, { value, enumerable: true }]);
    return Object.defineProperties({ ...open }, Object.fromEntries(members));
  }

  #of(name: string): HookCallback[] {
    const callbacks = this.#callbacks.get(name as HookName);
    if (callbacks === undefined) {
      throw new SystemRangeError(`There is no hook "${name}": expected one of ${hookNames.join(', ')}.`);
    }
    return callbacks;
  }
}
