/** The host's structured log: one entry per event, filtered by the levels of host.json. */

/** Levels of Azure Functions, from the most talkative to silence. */
export const logLevels = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface LogEntry {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly level: LogLevel;
  /** Azure's category, e.g. `Host.Startup`, `Function.hello`, `Function.hello.User`. */
  readonly category: string;
  readonly message: string;
  readonly functionName?: string;
  readonly invocationId?: string;
  readonly durationMs?: number;
}

export type LogSink = (entry: LogEntry) => void;

/** Where the log goes: text or JSON lines on standard output, nowhere, or to a function. */
export type LogTarget = 'text' | 'json' | 'off' | LogSink;

export type Log = (level: LogLevel, category: string, message: string, about?: LogSubject) => void;

export type LogSubject = Pick<LogEntry, 'functionName' | 'invocationId' | 'durationMs'>;

/** Category prefix to lowest level shown; `default` is for the rest (host.json `logging.logLevel`). */
export type LogLevels = Readonly<Record<string, LogLevel>>;

/** A log that writes what `levels` let through to `target`. */
export function createLog(target: LogTarget, levels: LogLevels): Log {
  const sink = typeof target === 'function' ? target : sinks[target];
  return (level, category, message, about = {}) => {
    if (!isShown(level, category, levels)) {
      return;
    }
    sink({ time: new Date().toISOString(), level, category, message, ...about });
  };
}

/** Azure's rule: the longest category prefix decides, whole dotted parts only. */
export function isShown(level: LogLevel, category: string, levels: LogLevels): boolean {
  const parts = category.split('.');
  while (parts.length > 0 && levels[parts.join('.')] === undefined) {
    parts.pop();
  }
  const lowest = levels[parts.join('.')] ?? levels.default ?? 'information';
  return level !== 'none' && logLevels.indexOf(level) >= logLevels.indexOf(lowest);
}

const sinks: Record<'text' | 'json' | 'off', LogSink> = {
  text: (entry) => process.stdout.write(`${toText(entry)}\n`),
  json: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
  off: () => {},
};

function toText({ time, level, category, message, invocationId, durationMs }: LogEntry): string {
  const duration = durationMs === undefined ? undefined : `${durationMs} ms`;
  const subject = [category, invocationId, duration].filter((part) => part !== undefined).join(' ');
  return `${time} ${level.padEnd(11)} ${subject}: ${message}`;
}
