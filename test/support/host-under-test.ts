/** The host that the suites use: the embedded one in the process of the test, unless a command starts another. */
import { startHost } from '../../local/host/index.ts';
import { type HostProcess, startHostProcess } from './host-process.ts';
import { hostCommand } from './target.ts';

/** Starts the app on a port; `log` takes what the host logs, line by line. */
export async function startHostUnderTest(
  port: number,
  settings: Readonly<Record<string, string>>,
  log?: (line: string) => void,
): Promise<Pick<HostProcess, 'close'>> {
  if (hostCommand !== undefined) {
    return startHostProcess(port, settings, log);
  }
  const take = log && (({ category, message }: { category: string; message: string }) => log(`${category} ${message}`));
  return startHost({ root: '.', main: 'functions/*.ts', port, log: take ?? 'off', settings });
}
