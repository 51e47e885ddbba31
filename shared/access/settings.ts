/** The settings by which callers are known. */
import * as z from 'zod';
import { guid, serviceUrl, wholeNumber } from '../setting.ts';
import type { EntraSettings } from './entra.ts';

const authModes = ['entra', 'keys', 'local'] as const;

export const accessShape = {
  AUTH_MODE: z
    .enum(authModes)
    .optional()
    .meta({
      description:
        'How callers are known: by tokens of Microsoft Entra (`entra`), by API keys (`keys`), or not at all (`local`, only ' +
        'while ACS and storage are both on this machine). Unless set it is `local` there, and `entra` elsewhere',
    }),
  ENTRA_TENANT_ID: guid().optional().meta({
    description: 'Tenant whose users and apps may call the API; required in `AUTH_MODE` `entra`',
    applies: 'Azure',
  }),
  ENTRA_AUDIENCE: z.string().min(1).optional().meta({
    description:
      'Application (client) id of the app registration of the API, the audience of its tokens; required in `AUTH_MODE` `entra`',
    applies: 'Azure',
  }),
  ENTRA_AUTHORITY: serviceUrl().default('https://login.microsoftonline.com').meta({
    description: 'Where Microsoft Entra issues tokens; other Azure clouds have another',
    applies: 'Azure',
  }),
  FIRST_API_KEY_SHA256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'expected the SHA-256 hash of an API key, in 64 hexadecimal digits')
    .optional()
    .meta({
      description:
        'SHA-256 hash of the API key that has the role `Admin` from the start, in `AUTH_MODE` `keys`: with it the other keys are made',
    }),
  API_KEY_CACHE_SECONDS: wholeNumber(0, 3600).default(60).meta({
    description: 'How long an instance caches an API key, and so how long one that is revoked may still pass',
  }),
};

type AccessEnvironment = z.output<z.ZodObject<typeof accessShape>>;

/** How callers are known, and by what. */
export type AccessSettings =
  | { readonly mode: 'local' }
  | { readonly mode: 'entra'; readonly entra: EntraSettings }
  | { readonly mode: 'keys'; readonly firstKeyHash: string | undefined; readonly cacheSeconds: number };

/** What the mode lacks: by setting, what is expected there. */
export function accessErrors(settings: AccessEnvironment, isLocal: boolean): Readonly<Record<string, string>> {
  const mode = modeOf(settings, isLocal);
  if (mode === 'local' && !isLocal) {
    return { AUTH_MODE: 'local asks callers for no credential: only while ACS and storage are both on this machine' };
  }
  const missing = mode === 'entra' ? entraSettings.filter((name) => settings[name] === undefined) : [];
  return Object.fromEntries(missing.map((name) => [name, 'required, unless AUTH_MODE is keys']));
}

const entraSettings = ['ENTRA_TENANT_ID', 'ENTRA_AUDIENCE'] as const;

/** How callers are known, by settings without such errors. */
export function accessSettings(settings: AccessEnvironment, isLocal: boolean): AccessSettings {
  const mode = modeOf(settings, isLocal);
  switch (mode) {
    case 'local':
      return { mode };
    case 'keys':
      return {
        mode,
        firstKeyHash: settings.FIRST_API_KEY_SHA256?.toLowerCase(),
        cacheSeconds: settings.API_KEY_CACHE_SECONDS,
      };
    case 'entra':
      return {
        mode,
        entra: {
          tenantId: String(settings.ENTRA_TENANT_ID).toLowerCase(),
          audience: String(settings.ENTRA_AUDIENCE),
          authority: settings.ENTRA_AUTHORITY.replace(/\/+$/, ''),
        },
      };
  }
}

function modeOf({ AUTH_MODE }: AccessEnvironment, isLocal: boolean): (typeof authModes)[number] {
  return AUTH_MODE ?? (isLocal ? 'local' : 'entra');
}
