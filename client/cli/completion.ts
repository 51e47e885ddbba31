/** Completion in bash, zsh and fish: each shell asks the command itself which words may come next. */
import { findCommand } from './arguments.ts';
import type { Command } from './commands.ts';
import { globalOptions, optionsOf } from './options.ts';

/** Scripts for the shells: `switchboard completion bash >> ~/.bashrc`. */
export const completionScripts: Readonly<Record<string, string>> = {
  bash: `_switchboard() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(switchboard __complete "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _switchboard switchboard
`,
  zsh: `#compdef switchboard
_switchboard() {
  local -a words_next
  words_next=("\${(@f)$(switchboard __complete "\${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
  compadd -a words_next
}
compdef _switchboard switchboard
`,
  fish: `complete -c switchboard -f -a '(switchboard __complete (commandline -opc)[2..-1] 2>/dev/null)'
`,
};

/** What may come after these words: the next word of a command, or the options of one that is complete. */
export function completionsAfter(
  commands: readonly Command[],
  others: readonly (readonly string[])[],
  typed: readonly string[],
): readonly string[] {
  const all = [...commands.map(({ words }) => words), ...others];
  const next = all.flatMap((words) =>
    words.length > typed.length && typed.every((word, index) => words[index] === word)
      ? [words[typed.length] ?? '']
      : [],
  );
  const found = findCommand(commands, typed);
  const options = found
    ? Object.keys({ ...optionsOf(found.command), ...globalOptions }).map((name) => `--${name}`)
    : [];
  return [...new Set([...next, ...options])].filter((word) => !typed.includes(word)).toSorted();
}
