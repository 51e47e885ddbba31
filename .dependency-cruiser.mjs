/** The import directions are the architecture (docs/architecture.md): a change here needs a reason in the same commit. */

const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** Values of the Azure SDKs may be imported by one folder each; types may be named anywhere. */
const valuesOnly = { dependencyTypesNot: ['type-only'] };

export default {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }, 'A cycle hides which part depends on which, also one of types only.'),
    forbid(
      'functions-use-shared-only',
      { path: '^functions/' },
      { path: '^(functions|local|infra|test|bench|docs|client)/' },
      'Triggers hold no logic and know nothing but shared/.',
    ),
    forbid(
      'only-triggers-start-the-app',
      { pathNot: '^(functions|test)/' },
      { path: '^shared/start\\.ts$' },
      'Importing it reads the settings: anything else is given the app.',
    ),
    forbid(
      'calls-are-pure',
      { path: '^shared/calls/' },
      { pathNot: '^(shared/calls/|node_modules/zod/|(node:)?crypto$)', ...valuesOnly },
      'calls/ holds schemas and pure functions; a digest is one.',
    ),
    forbid(
      'operations-are-data',
      { path: '^shared/operations/' },
      {
        pathNot:
          '^(shared/(operations|calls)/|shared/acs/(wire/(identifiers|custom-context|derived-id)|client/request-scope)\\.ts$|shared/errors\\.ts$|node_modules/zod/)',
        ...valuesOnly,
      },
      'An operation is a literal: schema, SDK call, settling events.',
    ),
    forbid(
      'the-interpreter-is-pure',
      { path: '^shared/sequences/interpreter/' },
      {
        pathNot:
          '^shared/sequences/(interpreter/|language/(definition|references|collect-operations)\\.ts$)|^shared/(acs/wire/(derived-id|identifiers)|calls/(acs-codes|dial-string)|operations/index)\\.ts$',
        ...valuesOnly,
      },
      'What a sequence does next is computed from what is known and from the literals of the operations, which never change.',
    ),
    forbid(
      'http-knows-no-storage',
      { path: '^shared/http/' },
      { path: '^shared/(storage|acs|recordings)/', ...valuesOnly },
      'HTTP turns requests into operations and outcomes into responses.',
    ),
    forbid(
      'only-acs-imports-the-acs-sdk',
      { pathNot: '^(shared/acs/|test/|local/)' },
      { path: 'node_modules/@azure/communication-', ...valuesOnly },
      'shared/acs is the only importer of ACS SDK values.',
    ),
    forbid(
      'only-storage-imports-the-storage-sdks',
      { pathNot: '^(shared/storage/|infra/|test/|local/|bench/)' },
      { path: 'node_modules/@azure/(data-tables|storage-)', ...valuesOnly },
      'shared/storage is the only importer of storage SDK values.',
    ),
    forbid(
      'only-encryption-imports-key-vault',
      { pathNot: '^(shared/encryption/|test/)' },
      { path: 'node_modules/@azure/keyvault-', ...valuesOnly },
      'shared/encryption is the only importer of Key Vault SDK values.',
    ),
    forbid(
      'shared-knows-no-trigger',
      { path: '^shared/' },
      { path: '^(functions|local|infra|test|bench|client)/' },
      'What is deployed never depends on what is local.',
    ),
    forbid(
      'emulator-stands-alone',
      { path: '^local/emulator/' },
      { path: '^(shared|functions|test|bench)/|^local/(?!emulator/|loopback-host\\.ts$)' },
      'The emulator shares no code with the app: shared mistakes would cancel out. What this machine is called is one rule.',
    ),
    forbid(
      'emulator-has-one-entry',
      { path: '^(local/(?!emulator)|bench/|test/(?!local/emulator/))' },
      { path: '^local/emulator/', pathNot: '^local/emulator/(index|random)\\.ts$' },
      'index.ts is its public API; only its own tests look inside.',
    ),
    forbid(
      'emulator-calls-know-no-other-part',
      { path: '^local/emulator/calls/' },
      {
        path: '^local/emulator/(callbacks|control|delivery|event-grid|identity|media|operations|recordings|rooms|streaming)/',
      },
      'Callbacks, Event Grid, media, streams and recordings react to the events of calls.',
    ),
    forbid(
      'emulator-parts-know-no-composition',
      { path: '^local/emulator/(callbacks|calls|delivery|event-grid|media|parties|recordings|streaming)/' },
      { path: '^local/emulator/(control/|operations/|(composition|emulator|index|resource|respond)\\.ts$)' },
      'A part names what it works with in its context; the resource has all of them.',
    ),
    forbid(
      'host-stands-alone',
      { path: '^local/host/' },
      { path: '^(shared|functions|test|bench)/|^local/(?!host/|loopback-host\\.ts$)' },
      'The host loads the app by its main glob, as Azure does.',
    ),
    forbid(
      'infra-stands-alone',
      { path: '^infra/' },
      { path: '^(shared|functions|local|test|bench)/' },
      'It runs beside a deployed app, and knows it by its names in Azure.',
    ),
    forbid(
      'client-stands-alone',
      { path: '^client/(?!cli/)' },
      { pathNot: '^client/|node_modules/openapi-fetch/' },
      'It is a package of its own, which runs wherever fetch does.',
    ),
    forbid(
      'command-line-is-a-client',
      { path: '^client/cli/' },
      { pathNot: '^client/', dependencyTypesNot: ['core'] },
      'It knows the API by its description, and runs in Node.js without a package.',
    ),
    forbid(
      'replay-is-pure',
      { path: '^local/host/durable/replay/' },
      { pathNot: '^local/host/durable/(replay/|history\\.ts$)' },
      'The replay of an orchestrator is a function of its actions and its history.',
    ),
    forbid('nobody-imports-tests', { pathNot: '^(test|bench)/' }, { path: '^test/' }, 'Tests are leaves.'),
    forbid(
      'no-dev-dependency-in-what-is-deployed',
      { path: '^(functions|shared)/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
      'The deployed package has runtime dependencies only.',
    ),
    forbid('everything-resolves', {}, { couldNotResolve: true }, 'An import that does not resolve.'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^client/dist/' },
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
