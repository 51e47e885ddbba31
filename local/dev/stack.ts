/** All parts together: started in the order in which they need each other, stopped in the reverse one. */

import { Service, type ServicePlan, type TakeLine } from './service.ts';
import { emulator, host, type ServiceOptions, storage } from './services.ts';
import { subscribe } from './subscriptions.ts';

export interface StackOptions extends ServiceOptions {
  /** False leaves the app to another host, e.g. `func start`; its subscriptions too. */
  readonly withHost?: boolean;
  /** Aborting cancels the start and stops the parts that run already. */
  readonly signal: AbortSignal;
  /** Called with each process as soon as it is started. */
  readonly onStart?: (service: Service) => void;
  /** Takes every line that the parts print. */
  readonly onLine?: TakeLine;
  /** Called when a part is up, with the time that it took. */
  readonly onUp?: (name: string, milliseconds: number) => void;
}

export interface Stack {
  /** Aborted when a part has ended; the reason is an error that holds its last output. */
  readonly ended: AbortSignal;
  /** Kills the app as a crash would, and starts it again. */
  crashApp(): Promise<void>;
  /** Stops the app first, so that nothing it does is lost, and storage last. */
  stop(): Promise<void>;
}

/** Resolves when every part is up and the app is subscribed. Rejects, with nothing left running, when one does not start. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { withHost = true, signal, onStart, onLine, onUp } = options;
  const services: Service[] = [];
  const ended = new AbortController();
  const start = async (plan: ServicePlan) => {
    const startedMs = performance.now();
    const service = new Service(plan, onLine);
    services.push(service);
    service.ended.addEventListener('abort', () => {
      // One that was killed on purpose is not among them any more.
      if (services.includes(service)) {
        ended.abort(service.ended.reason);
      }
    });
    onStart?.(service);
    await service.ready(signal);
    onUp?.(plan.name, performance.now() - startedMs);
    return service;
  };
  let app: Service | undefined;
  try {
    await Promise.all([start(storage(options)), start(emulator(options))]);
    if (withHost) {
      app = await start(host(options));
      await subscribe(options.ports);
    }
  } catch (error) {
    await stopAll(services);
    throw error;
  }
  return {
    ended: ended.signal,
    async crashApp() {
      if (app) {
        services.splice(services.indexOf(app), 1);
        app.kill();
        await app.stop();
        app = await start(host(options));
      }
    },
    stop: () => stopAll(services),
  };
}

async function stopAll(services: readonly Service[]): Promise<void> {
  for (const service of services.toReversed()) {
    await service.stop();
  }
}
