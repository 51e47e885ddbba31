/** The earlier or the later of two times, either of which may not be known. ISO 8601 in UTC is in the order of time as text. */

export function earliest<Time extends string | undefined>(known: string | undefined, at: Time): string | Time {
  return known !== undefined && (at === undefined || known < at) ? known : at;
}

export function latest<Time extends string | undefined>(known: string | undefined, at: Time): string | Time {
  return known !== undefined && (at === undefined || known > at) ? known : at;
}
