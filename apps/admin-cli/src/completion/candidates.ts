import type { Command, Option } from "commander";

/** Something that a command line could go on with. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/**
 * What the last of the words could become: commands, options, or choices of either. None means that
 * anything goes, such as the name of a file.
 */
export function candidates(program: Command, words: readonly string[]): readonly Candidate[] {
  const typed = words.at(-1) ?? "";
  const { command, awaiting, operands } = walk(program, words.slice(0, -1));
  return offered(command, { typed, awaiting, operands }).filter(({ value }) =>
    value.startsWith(typed),
  );
}

interface Position {
  readonly command: Command;
  /** The option that the next word is the value of. */
  readonly awaiting: Option | undefined;
  /** How many arguments the command has had. */
  readonly operands: number;
}

function walk(program: Command, words: readonly string[]): Position {
  let position: Position = { command: program, awaiting: undefined, operands: 0 };
  for (const word of words) position = step(position, word);
  return position;
}

function step({ command, awaiting, operands }: Position, word: string): Position {
  const still = { command, awaiting: undefined, operands };
  if (awaiting !== undefined) return still;
  if (word.startsWith("-")) {
    const option = optionsOf(command).find(({ long, short }) => word === long || word === short);
    return { ...still, awaiting: option?.required === true ? option : undefined };
  }
  const next = subcommands(command).find((child) => child.name() === word);
  if (next !== undefined) return { command: next, awaiting: undefined, operands: 0 };
  return { ...still, operands: operands + 1 };
}

function offered(
  command: Command,
  { typed, awaiting, operands }: Omit<Position, "command"> & { readonly typed: string },
): readonly Candidate[] {
  if (awaiting !== undefined) return choices(awaiting.argChoices);
  if (typed.startsWith("-")) {
    return optionsOf(command).map(({ long, short, description }) => ({
      value: long ?? short ?? "",
      description,
    }));
  }
  const children = operands > 0 ? [] : subcommands(command);
  return [
    ...children.map((child) => ({ value: child.name(), description: child.description() })),
    ...choices(command.registeredArguments[operands]?.argChoices),
  ];
}

function choices(values: readonly string[] = []): readonly Candidate[] {
  return values.map((value) => ({ value, description: "" }));
}

/** The options that --help lists, those of all commands included. */
function optionsOf(command: Command): readonly Option[] {
  const help = command.createHelp();
  return [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
}

function subcommands(command: Command): readonly Command[] {
  return command.createHelp().visibleCommands(command);
}
