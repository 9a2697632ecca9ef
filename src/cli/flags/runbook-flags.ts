import {Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import {ALERT_FLAG} from './alert-flags.js'

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
const CONSENT_FLAGS = {
  force: Flags.boolean({description: 'run even if it is already resolved or its state is unknown'}),
  yes: Flags.boolean({char: 'y', description: 'answer the ordinary gates with yes'}),
  approve: Flags.string({description: 'open one gate: its id and hash', helpValue: 'ID@HASH', multiple: true}),
  confirm: Flags.string({
    description: 'name the target environment; required in production when there is no terminal',
    helpValue: 'ENVIRONMENT',
  }),
  step: Flags.boolean({description: 'ask before every block'}),
  rollback: Flags.option({
    description: 'roll back when the run ends unresolved; required when there is no terminal',
    options: ['ask', 'always', 'never'] as const,
  })(),
  takeover: Flags.string({
    description: 'take the lock from a holder that is gone, and say why that is safe',
    helpValue: 'REASON',
  }),
  output: Flags.option({
    description: 'how it is shown; ndjson: each event as it happens',
    options: ['text', 'md', 'ndjson'] as const,
    default: 'text',
  })(),
}

export const RESUME_FLAGS = CONSENT_FLAGS

export const RUNBOOK_FLAGS = {
  alert: ALERT_FLAG,
  input: Flags.string({char: 'i', description: 'an input of the runbook', helpValue: 'NAME=VALUE', multiple: true}),
  'dry-run': Flags.boolean({description: 'show what it would do, with hashes, and change nothing'}),
  diagnose: Flags.boolean({description: 'only the read-only part'}),
  only: Flags.string({description: 'only this block, and what belongs to it', helpValue: 'ID', multiple: true}),
  skip: Flags.string({description: 'all but this block', helpValue: 'ID', multiple: true}),
  from: Flags.string({description: 'start at this block', helpValue: 'ID'}),
  ...CONSENT_FLAGS,
}
