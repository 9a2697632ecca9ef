import type {RunOutcome} from '../../domain/journal/run-outcome.js'
import type {RunGlimpse} from '../../domain/execution/run-list.js'
import {span} from '../../domain/time/span.js'

interface Found {
  readonly runId: string
  readonly runbook: string
  readonly startedAt: string
  readonly by: string
  readonly outcome: RunOutcome | null
  readonly later: readonly RunGlimpse[]
}

const SHOWN = 3

function age(at: string, now: Date): string {
  return `${span(Math.max(0, (now.getTime() - Date.parse(at)) / 1000))} ago`
}

function laterLine({what, startedAt, outcome, verdict, runId}: RunGlimpse, now: Date): string {
  return `  ${runId}  ${what}, ${age(startedAt, now)}: ${outcome ?? verdict ?? 'no end recorded'}`
}

/** Which run goes on where none was named, how old it is, and what was done since. */
export function foundRunText({runId, runbook, startedAt, by, outcome, later}: Found, now: Date): string {
  const ended = outcome === null ? 'no end recorded' : `ended ${outcome}`
  const more = later.length > SHOWN ? [`  and ${String(later.length - SHOWN)} more: faci runbook runs --all`] : []
  const lines = [
    `Resuming ${runId}: ${runbook}, started ${age(startedAt, now)} by ${by}, ${ended}.`,
    ...(later.length === 0 ? [] : ['Since then:', ...later.slice(0, SHOWN).map((run) => laterLine(run, now)), ...more]),
  ]
  return `${lines.join('\n')}\n\n`
}
