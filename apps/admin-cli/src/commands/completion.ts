import { Argument } from "commander";
import type { Command } from "commander";

import { candidates } from "../completion/candidates.ts";
import { scripts } from "../completion/scripts.ts";
import type { Environment } from "../environment.ts";

const help = `
  bash   source <(pr-review-admin completion bash)          in ~/.bashrc
  zsh    source <(pr-review-admin completion zsh)           in ~/.zshrc, after compinit
  fish   pr-review-admin completion fish | source           in ~/.config/fish/config.fish
`;

/** Adds `completion`, which prints what a shell needs to complete commands and options. */
export function addCompletion(program: Command, { stdout }: Environment): void {
  program
    .command("completion")
    .description("print what a shell needs to complete commands and options")
    .addArgument(new Argument("<shell>", "which shell").choices([...scripts.keys()]))
    .addHelpText("after", help)
    .action((shell: string) => {
      stdout.write(scripts.get(shell) ?? "");
    });
  // What the scripts call: the words after the program's name, the one being typed last.
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action((words: readonly string[]) => {
      for (const { value, description } of candidates(program, words)) {
        stdout.write(`${value}\t${description}\n`);
      }
    });
}
