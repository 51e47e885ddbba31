/** Starts telemetry if an exporter is configured. The app serves calls without it, too. */
import { app } from '@azure/functions';
import type { TelemetrySettings } from './settings.ts';

/**
 * Starts the export of spans, metrics and logs. A failure is a warning and does not stop the app: a worker before 3.10 has
 * no hook for logs, for example. The host then keeps sending the logs.
 */
export async function startTelemetry(settings: TelemetrySettings | undefined): Promise<void> {
  if (settings === undefined) {
    return;
  }
  try {
    // Loaded only when it is configured: it slows a cold start.
    const { startExport } = await import('./export.ts');
    startExport(settings);
  } catch (error) {
    app.setup({ capabilities: { WorkerOpenTelemetryEnabled: false } });
    // biome-ignore lint/suspicious/noConsole: no invocation has a log yet; the host logs what the worker prints.
    console.warn(`Warning: telemetry could not be started, or not all of it: ${String(error)}`);
  }
}
