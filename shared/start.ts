/** The app of this process, made of its settings. Only triggers import it: the import reads them and starts telemetry. */
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { orLoadError } from './load-error.ts';
import { startTelemetry } from './telemetry/start.ts';

export const switchboard = await orLoadError(async () => {
  const config = readConfig();
  await startTelemetry(config.telemetry);
  const app = createApp(config);
  await app.start();
  return app;
});
