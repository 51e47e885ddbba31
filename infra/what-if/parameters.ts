/**
 * Reads a parameters file as azd does: `${NAME}` is a variable of the environment, `${NAME=default}` one that may be
 * missing (azure-dev, cli/azd/pkg/infra/provisioning/bicep, by drone/envsubst).
 */

type Environment = Readonly<Record<string, string | undefined>>;

interface ParametersFile {
  readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
}

/** The values as the Azure CLI takes them, `name=value`. Throws one error that names every variable that is missing. */
export function resolveParameters(json: string, environment: Environment): readonly string[] {
  const missing: string[] = [];
  const resolve = (text: string) =>
    text.replace(/\$\{(\w+)(=[^}]*)?\}/g, (_, name: string, otherwise: string | undefined) => {
      const value = environment[name] || otherwise?.slice(1);
      if (value === undefined) {
        missing.push(name);
      }
      return value ?? '';
    });
  const { parameters } = JSON.parse(json) as ParametersFile;
  const resolved = Object.entries(parameters).map(([name, { value }]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name}=${resolve(text)}`;
  });
  if (missing.length > 0) {
    throw new Error(
      `Expected ${missing.join(', ')} in the environment: parameters of the deployment without a default.`,
    );
  }
  return resolved;
}
