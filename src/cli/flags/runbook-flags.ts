import {Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import {ALERT_FLAG} from './alert-flags.js'
import {CONFIRM_FLAG, TAKEOVER_FLAG} from './change-flags.js'

/** `k=v` words as inputs. Throws `usage` for a word without `=`, or a name given twice. */
export function parseInputs(words: readonly string[]): Readonly<Record<string, string>> {
  const inputs: Record<string, string> = {}
  for (const word of words) {
    const at = word.indexOf('=')
    const name = word.slice(0, at)
    if (at < 1) throw new FaciError('usage', `--input ${word}: write name=value`)
    if (name in inputs) throw new FaciError('usage', `--input ${name} is given twice`)
    inputs[name] = word.slice(at + 1)
  }
  return inputs
}

/** What a run is asked for with, whether it begins or goes on. */
export const RESUME_FLAGS = {
  force: Flags.boolean({description: 'run even if it is already resolved or its state is unknown'}),
  yes: Flags.boolean({char: 'y', description: 'answer ordinary gates with yes'}),
  approve: Flags.string({
    description: 'approve one gate by its id and hash, repeatable',
    helpValue: 'ID@HASH',
    multiple: true,
  }),
  confirm: CONFIRM_FLAG,
  step: Flags.boolean({description: 'ask before every block'}),
  rollback: Flags.option({
    description: 'roll back when the run ends unresolved; required when there is no terminal',
    options: ['ask', 'always', 'never'] as const,
  })(),
  takeover: TAKEOVER_FLAG,
  output: Flags.option({
    description: 'output format; ndjson prints each event as it happens',
    options: ['text', 'md', 'ndjson'] as const,
    default: 'text',
  })(),
}

export const RUNBOOK_FLAGS = {
  alert: ALERT_FLAG,
  input: Flags.string({
    char: 'i',
    description: 'set an input of the runbook, repeatable',
    helpValue: 'NAME=VALUE',
    multiple: true,
  }),
  'dry-run': Flags.boolean({description: 'show the plan with approval hashes and change nothing'}),
  diagnose: Flags.boolean({description: 'run only the read-only blocks'}),
  only: Flags.string({
    description: 'run only this block and what belongs to it, repeatable',
    helpValue: 'ID',
    multiple: true,
  }),
  skip: Flags.string({description: 'skip this block, repeatable', helpValue: 'ID', multiple: true}),
  from: Flags.string({description: 'start at this block', helpValue: 'ID'}),
  incident: Flags.string({
    description: 'the incident that it is for: INC-7, new, or none (default: whatever is open; on a terminal it asks)',
    helpValue: 'INC',
  }),
  ...RESUME_FLAGS,
}
