/** The application roles of the API: each endpoint names those of which a caller needs one. */

/** What each role lets a caller do. */
export const roles = {
  'Calls.Read': 'Read calls, operations, sequences and routing rules',
  'Calls.Operate': 'Make calls, act on them, and run sequences',
  'Recordings.Read': 'Read recordings and their files',
  'Recordings.Delete': 'Delete recordings',
  'Routing.Write': 'Read and change routing rules',
  'Webhooks.Write': 'Read and change webhooks, and read what they missed',
} as const;

export type Role = keyof typeof roles;
