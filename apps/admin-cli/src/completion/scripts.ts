/** What each shell runs to complete a command line: it asks the program, which knows its commands. */
export const scripts: ReadonlyMap<string, string> = new Map([
  [
    "bash",
    `_pr_review_admin() {
  COMPREPLY=()
  local line
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(pr-review-admin complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
# Where there is nothing to offer, files are.
complete -o default -F _pr_review_admin pr-review-admin
`,
  ],
  [
    "zsh",
    `#compdef pr-review-admin
_pr_review_admin() {
  local -a offered
  local line
  while IFS= read -r line; do
    line=\${line//:/\\\\:}
    offered+=("\${line/$'\\t'/:}")
  done < <(pr-review-admin complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#offered} )); then
    _describe command offered
  else
    _files
  fi
}
compdef _pr_review_admin pr-review-admin
`,
  ],
  [
    "fish",
    `function __pr_review_admin
  set -l words (commandline -opc) (commandline -ct)
  set -l offered (pr-review-admin complete -- $words[2..-1] 2>/dev/null)
  if test (count $offered) -gt 0
    printf '%s\\n' $offered
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c pr-review-admin -f -a '(__pr_review_admin)'
`,
  ],
]);
