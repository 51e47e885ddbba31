/** Makes a start that fails an error that `func` and Azure report. */
import { app } from '@azure/functions';

/**
 * Runs the start of the app. If it fails, one function is registered and the error thrown on: the Node.js worker reports
 * the failed load of an app only once that app has registered a function. Before, it asks the host to look for
 * function.json files instead, and the host runs with no functions and no error of its own.
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
