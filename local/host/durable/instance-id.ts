/** Which ids instances may have: those that Azure's extension takes from .NET clients (DurableClient.StartNewAsync). */

const longest = 256;

/** Why a text is no id of an instance; undefined when it is one. */
export function refusalOfId(id: string): string | undefined {
  if (id.length > longest) {
    return `An instance id has at most ${longest} characters, and this one has ${id.length}.`;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  if (/^@|[/\\#?\u0000-\u001f\u007f-\u009f]/.test(id)) {
    return `"${id}" is no instance id: it may not begin with @, nor have / \\ # ? or control characters.`;
  }
  return undefined;
}
