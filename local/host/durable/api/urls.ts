/** The URLs of the management API, as templates for the library and filled in for one instance (recorded). */

/** The extension whose webhook the API is. */
export const extension = 'durabletask';

/** The library replaces this by the id of an instance. */
export const idPlaceholder = 'INSTANCEID';

export type ManagementUrls = Readonly<Record<string, string>>;

/** Where the API is. `origin` is the host's URL; `code`, if any, the key that opens it. */
export interface ApiAddress {
  readonly baseUrl: string;
  readonly query: string;
}

export function addressOf(origin: string, hubName: string, code: string | undefined): ApiAddress {
  const query = new URLSearchParams({ taskHub: hubName, connection: 'Storage', ...(code !== undefined && { code }) });
  return { baseUrl: `${origin}/runtime/webhooks/${extension}`, query: String(query) };
}

/** What can be asked of one instance, by the name that the library knows it under. */
export function managementUrls({ baseUrl, query }: ApiAddress, id: string): ManagementUrls {
  const instance = `${baseUrl}/instances/${id}`;
  return {
    id,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
}
