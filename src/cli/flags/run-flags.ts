import {Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import {command} from '../../domain/text/shell-command.js'

export const SHOWN_RUNS = 20
const RUN_OUTPUTS = ['text', 'md', 'json'] as const

function parseLimit(text: string): number {
  if (text === 'all') return Number.POSITIVE_INFINITY
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new FaciError('usage', `--limit ${text}: write a number from 1 upwards, or all`)
}

export const limitFlag = Flags.custom<number>({
  description: 'number of runs, newest first, or all (default: 20)',
  helpValue: 'N',
  parse: (text) => Promise.resolve(parseLimit(text)),
})

/** Which runs are listed, and how one is shown. */
export const RUNS_FLAGS = {
  limit: limitFlag(),
  runbook: Flags.string({description: 'only runs of this runbook', helpValue: 'NAME'}),
  all: Flags.boolean({description: 'include direct commands such as faci restart', exclusive: ['runbook']}),
  output: Flags.option({
    description: 'output format; md is the transcript of one run, for a ticket',
    options: RUN_OUTPUTS,
    default: 'text',
  })(),
}

interface ListFlags {
  readonly limit: number | undefined
  readonly runbook: string | undefined
  readonly all: boolean
  readonly output: (typeof RUN_OUTPUTS)[number]
}

/** What to list. Throws `usage` for what only one run has. */
export function listInput({limit, runbook, all, output}: ListFlags): {
  readonly limit: number
  readonly runbook: string | null
  readonly all: boolean
} {
  if (output === 'md')
    throw new FaciError('usage', '--output md needs a run', {suggestions: ['faci runbook runs last --output md']})
  return {limit: limit ?? SHOWN_RUNS, runbook: runbook ?? null, all}
}

/** As `refuseListFlags`, for `faci runs`. */
export function refuseLimit(run: string | undefined, limit: number | undefined): void {
  if (run === undefined || limit === undefined) return
  throw new FaciError('usage', '--limit is for the list of runs', {suggestions: [command`faci runs ${run}`]})
}

/** Throws `usage` for flags of a list beside the id of one run: refused, not ignored. */
export function refuseListFlags(run: string, {limit, runbook, all}: ListFlags): void {
  if (limit === undefined && runbook === undefined && !all) return
  throw new FaciError('usage', '--limit, --runbook and --all are for the list of runs', {
    suggestions: [command`faci runbook runs ${run}`],
  })
}
