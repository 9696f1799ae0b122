import { didYouMean } from '../document/similar.ts';

/** What yargs says, and what the command line was. */
export interface Misunderstanding {
  /** As yargs words it. */
  message: string;
  /** The words of the command line, without the program. */
  words: readonly string[];
  /** The help of the command that was given, which names its options. */
  help: string;
  commands: readonly string[];
}

/** What is wrong with a command line, in clear sentences instead of those of yargs. */
export function explainMisunderstanding(about: Misunderstanding): string {
  const { message, words } = about;
  const command = words.find((word) => about.commands.includes(word));
  const help = `mos-conformance ${command === undefined ? '' : `${command} `}--help`;
  const unknown = /^Unknown (?:arguments?|commands?): (.*)$/s.exec(message)?.[1];
  if (unknown !== undefined) return unknownWords(unknown, about, command);
  const choice = /Argument: ([\w-]+), Given: (.*?), Choices: (.*)/s.exec(message);
  if (choice) {
    const [, name = '', given = '', choices = ''] = choice;
    const known = [...choices.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word);
    const word = given.replace(/^"|"$/g, '');
    return `--${name} ${word}: expected ${known.join(', ')}${didYouMean(word, known)}`;
  }
  const valueless = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  if (valueless !== undefined) return `--${valueless} needs a value`;
  if (message.startsWith('Not enough non-option arguments')) {
    const wanted = command && new RegExp(`^\\S+ ${command} (<.*>)`, 'm').exec(about.help)?.[1];
    return `"${command ?? 'mos-conformance'}" needs ${wanted ?? 'more than that'}: see ${help}`;
  }
  if (/^Too many non-option arguments/.test(message))
    return `"${command ?? 'mos-conformance'}" takes fewer arguments than that: see ${help}`;
  const meant = /^Did you mean (.+)\?$/.exec(message)?.[1];
  if (meant !== undefined)
    return `unknown command "${words.find((word) => !word.startsWith('-')) ?? ''}"; did you mean "${meant}"?`;
  return message;
}

function unknownWords(list: string, about: Misunderstanding, command: string | undefined): string {
  const options = [...about.help.matchAll(/--([a-z][a-z-]*)/g)].map(([, name = '']) => name);
  const typed = [...new Set(list.split(', '))];
  const said = typed.flatMap((word) => {
    const option = about.words.find((one) => /^--?/.test(one) && nameOf(one) === word);
    if (option !== undefined)
      return [`unknown option "${option.split('=')[0]}"${didYouMean(word, options).replace('"', '"--')}`];
    if (!about.words.includes(word)) return [];
    if (command === undefined) return [`unknown command "${word}"${didYouMean(word, about.commands)}`];
    return [`"${word}" is one argument too many for "${command}"`];
  });
  return said.length > 0 ? said.join('\n') : `unknown option "${list}"`;
}

function nameOf(option: string): string {
  return option.replace(/^--?(no-)?/, '').replace(/=.*$/s, '');
}
