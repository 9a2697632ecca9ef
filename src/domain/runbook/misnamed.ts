import {shellCommand} from '../text/shell-command.js'

/** What a name may be made of, and the command that gives it one. */
export function misnamedText(file: string): string {
  const name = file.split('/').at(-1) ?? file
  return `${name} is not a runbook: a name is lowercase letters, digits, - and _`
}

export function renameCommand(file: string, rename: string): string {
  return shellCommand(['mv', file, rename])
}
