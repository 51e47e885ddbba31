/** A CommonJS module that uses the host's own module, as instrumentation does. */

const { app } = require('@azure/functions');
// biome-ignore lint/correctness/noUndeclaredDependencies: a host provides it, no package does.
const core = require('@azure/functions-core');

let unknownHook;
try {
  core.registerHook('beforeLunch', () => {});
} catch (error) {
  unknownHook = { name: error.name, message: error.message, isSystem: error.isAzureFunctionsSystemError };
}
core.log('information', 'system', 'loaded by CommonJS');

app.get('core', {
  handler: () => {
    let late;
    try {
      app.get('tooLate', { handler: () => ({}) });
    } catch (error) {
      late = error.message;
    }
    const { version, hostVersion } = core;
    const model = core.getProgrammingModel().name;
    return { jsonBody: { version, hostVersion, unknownHook, late, model, disposable: typeof core.Disposable.from } };
  },
});
