/** Remembers which ACS connection a call has: a fact that never changes, so it spares a read where an input names a second call. */

const capacity = 10_000;

export type Connections = ReturnType<typeof openConnections>;

/** The oldest entry goes when the capacity is reached. */
export function openConnections() {
  const known = new Map<string, string>();
  return {
    get: (callId: string) => known.get(callId),
    remember(callId: string, callConnectionId: string | undefined): void {
      if (callConnectionId === undefined || known.has(callId)) {
        return;
      }
      const [oldest] = known.keys();
      if (known.size >= capacity && oldest !== undefined) {
        known.delete(oldest);
      }
      known.set(callId, callConnectionId);
    },
  };
}
