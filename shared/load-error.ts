/** Makes `func` and Azure report an error of the app's start. */
import { app } from '@azure/functions';

/**
 * Runs the start of the app. If it fails, registers one function and rethrows: the Node.js worker reports the failed load
 * of an app only once that app has registered a function. Until then it has the host look for function.json files instead,
 * and the host runs without functions and without an error.
 * Source: `FunctionsMetadataHandler` and `registerFunction` in azure-functions-nodejs-worker 3.9.1.
 */
export async function orLoadError<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const fail = () => {
      throw error;
    };
    // Never served: the host takes no function of an app whose load has failed.
    app.http('failedStart', { methods: ['GET'], authLevel: 'admin', handler: fail });
    return fail();
  }
}
