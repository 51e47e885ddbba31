/** What an app registers while its files load: functions, hooks and the programming model. */

import { HostError } from '../errors.ts';
import { Disposable } from './disposable.ts';
import { Hooks } from './hooks.ts';
import type { Bindings, FunctionCallback, ProgrammingModel, RetryOptions } from './rpc.ts';
import { SystemError } from './system-error.ts';

/** A function as the library registers it. */
export interface Registration {
  readonly name: string;
  readonly bindings: Bindings;
  readonly retryOptions?: RetryOptions;
}

export interface RegisteredFunction extends Registration {
  readonly callback: FunctionCallback;
}

/** Azure's rule for function names. */
const functionName = /^[a-z][a-z0-9_-]{0,127}$/i;

export class AppRegistry {
  readonly hooks = new Hooks();
  readonly #functions = new Map<string, RegisteredFunction>();
  #model: ProgrammingModel | undefined;
  #isLoading = true;

  get functions(): RegisteredFunction[] {
    return [...this.#functions.values()];
  }

  get model(): ProgrammingModel | undefined {
    return this.#model;
  }

  setModel(model: ProgrammingModel): void {
    this.#model = model;
  }

  /** Refuses a second function of one name (names differ by more than case), and any after the app has loaded. */
  register(registration: Registration, callback: FunctionCallback): Disposable {
    if (!this.#isLoading) {
      throw new SystemError('Functions can be registered only while the app loads.');
    }
    const key = registration.name.toLowerCase();
    if (!functionName.test(registration.name)) {
      throw new HostError(
        `"${registration.name}" is no function name: expected a letter, then up to 127 letters, digits, "-" or "_".`,
      );
    }
    if (this.#functions.has(key)) {
      throw new HostError(`Two functions are named "${registration.name}": function names are unique in an app.`);
    }
    this.#functions.set(key, { ...registration, callback });
    return new Disposable(() => {
      if (!this.#isLoading) {
        throw new SystemError('Functions can be disposed of only while the app loads.');
      }
      this.#functions.delete(key);
    });
  }

  /** Ends the time in which functions may be registered. */
  finishLoading(): void {
    this.#isLoading = false;
  }
}
