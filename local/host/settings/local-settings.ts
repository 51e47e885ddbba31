/** local.settings.json: settings of the app on a developer's machine, never deployed. */

import { join } from 'node:path';
import * as z from 'zod';
import { readJsonFile } from './json-file.ts';

const localSettings = z.object({
  IsEncrypted: z.literal(false, 'encrypted settings can only be read by Core Tools: decrypt the file').default(false),
  Values: z.record(z.string(), z.string()).default({}),
  Host: z
    .object({
      LocalHttpPort: z.int().min(0).max(65535).optional(),
      CORS: z.string().default(''),
      CORSCredentials: z.boolean().default(false),
    })
    .prefault({}),
});

export interface LocalSettings {
  readonly values: Readonly<Record<string, string>>;
  readonly port: number | undefined;
  readonly cors: { readonly origins: readonly string[]; readonly credentials: boolean };
}

/** The settings beside the app at `root`; without the file there are none. */
export async function readLocalSettings(root: string): Promise<LocalSettings> {
  const { Values, Host } = await readJsonFile(join(root, 'local.settings.json'), localSettings, {});
  const origins = Host.CORS.split(',').map((origin) => origin.trim());
  return {
    values: Values,
    port: Host.LocalHttpPort,
    cors: { origins: origins.filter((origin) => origin !== ''), credentials: Host.CORSCredentials },
  };
}

/** Puts settings where the app reads them: given ones win over the environment, the environment over the file. */
export function applySettings(fromFile: LocalSettings['values'], given: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(fromFile)) {
    process.env[name] ??= value;
  }
  Object.assign(process.env, given);
}
