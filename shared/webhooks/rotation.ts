/** Rotation of a webhook's secret: for a while the secret that was replaced signs beside its successor. Pure. */

/** A secret that was replaced, and until when it signs. */
export interface PreviousSecret<Secret = string> {
  readonly secret: Secret;
  readonly until: string;
}

/** The secrets of a webhook, in clear or as they are stored. */
export interface Secrets<Secret = string> {
  readonly secret: Secret;
  /** The secrets that it replaced, the latest first. */
  readonly previous?: readonly PreviousSecret<Secret>[];
}

/** The most replaced secrets that sign, so that the header stays short. */
const maxPrevious = 3;

/** How long replaced secrets sign: as the request says, or by default. */
interface Overlap {
  readonly seconds: number | undefined;
  readonly defaultSeconds: number;
}

/**
 * The replaced secrets of a webhook that gets a secret. The overlap of the request holds for all that still sign, so that 0
 * ends them at once; the default holds for the one that is replaced now.
 */
export function previousSecrets(
  known: Secrets | undefined,
  secret: string,
  now: string,
  { seconds, defaultSeconds }: Overlap,
): readonly PreviousSecret[] {
  const after = (count: number) => new Date(Date.parse(now) + count * 1000).toISOString();
  const replaced =
    known && known.secret !== secret ? [{ secret: known.secret, until: after(seconds ?? defaultSeconds) }] : [];
  const latest = seconds === undefined ? undefined : after(seconds);
  return [...replaced, ...signing(known?.previous, now)]
    .map((one) => (latest !== undefined && latest < one.until ? { ...one, until: latest } : one))
    .filter((one) => one.until > now && one.secret !== secret)
    .slice(0, maxPrevious);
}

/** The secrets that sign now, separated by spaces, the current one first. */
export function signingSecrets({ secret, previous }: Secrets, now: string): string {
  return [secret, ...signing(previous, now).map((one) => one.secret)].join(' ');
}

/** Until when a replaced secret signs, or signed; undefined when none is stored. */
export function previousSecretUntil(previous: readonly PreviousSecret<unknown>[] = []): string | undefined {
  return previous
    .map(({ until }) => until)
    .sort()
    .at(-1);
}

function signing(previous: readonly PreviousSecret[] = [], now: string): readonly PreviousSecret[] {
  return previous.filter(({ until }) => until > now);
}
