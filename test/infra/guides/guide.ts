/** Reads a guide of docs/: its blocks of shell commands, what its requests are said to answer, and its list at the end. */

export interface Guide {
  /** The languages of the blocks that are no shell commands. */
  readonly otherLanguages: readonly string[];
  /** All blocks, one after the other. */
  readonly commands: string;
  /** What follows `#` behind each `curl`, in order; undefined where nothing does. */
  readonly answers: readonly (string | undefined)[];
}

export function readGuide(markdown: string): Guide {
  const blocks = [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
  const commands = blocks
    .filter(({ language }) => language === 'sh')
    .map(({ text }) => text)
    .join('');
  // A command may go on in the next lines; its comment stands in the last.
  const requests = commands
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.startsWith('curl '));
  return {
    otherLanguages: blocks.map(({ language }) => language).filter((language) => language !== 'sh'),
    commands,
    answers: requests.map((line) => / {2,}# (.+)$/.exec(line)?.[1]),
  };
}

/** The commands that a section lists: `- program: command, command`, each in backticks. */
export function listedIn(markdown: string, heading: string): readonly string[] {
  const [, after = ''] = markdown.split(`\n## ${heading}\n`);
  const items = [...(after.split('\n## ')[0] ?? '').matchAll(/^- .+(?:\n {2}.+)*/gm)].map(([item]) => item);
  return items.flatMap((item) => {
    const [program = '', ...commands] = [...item.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
    return commands.map((command) => `${program} ${command}`);
  });
}
