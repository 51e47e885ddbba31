/** Connection strings in the form that the SDKs of ACS read. */

/** The order and the slash matter: SDKs read `endpoint=…/;accesskey=…`. */
export function connectionString(url: string, accessKey: string): string {
  return `endpoint=${url}/;accesskey=${accessKey}`;
}
