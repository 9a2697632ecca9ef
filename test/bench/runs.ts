import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'
import {startedEvent} from '../support/journaled-runs.js'
import {type Command, inTurn, type Row} from './measure.js'

const ROUNDS = 25
const RUNS = 10_000
const TARGET = 4
const FACI = join(repositoryRoot, 'bin', 'run.js')
/** Of an output in an event, at most. */
const OUTPUT = 'a line of what a block printed\n'.repeat(120)

function ulid(number: number): string {
  return `01M8${String(number).padStart(22, '0')}`
}

/** A run like those of the shipped runbooks: diagnoses with output, a mitigation, looks, an end. */
function journalText(runId: string): string {
  const conditions = [{condition: 'health api', state: 'true', detail: 'healthy'}]
  const block = {kind: 'block.finished', outcome: 'ok', exitCode: 0, durationSeconds: 1, detail: '', captured: {}}
  const events: readonly object[] = [
    startedEvent(runId),
    {kind: 'look', after: null, state: 'false', conditions},
    ...['status', 'logs', 'stats'].map((id) => ({...block, id, output: OUTPUT})),
    {...block, id: 'restart', output: 'restarted'},
    ...Array.from({length: 6}, () => ({kind: 'look', after: 'restart', state: 'true', conditions})),
    {kind: 'run.finished', outcome: 'resolved', verdict: 'ok', reason: '', summary: 'restart resolved it after 8s.'},
  ]
  const lines = events.map((event, index) =>
    JSON.stringify({
      sequence: index + 1,
      at: '2026-11-01T00:00:00.000Z',
      by: 'ana@laptop',
      elapsedSeconds: 8,
      ...event,
    }),
  )
  return `${lines.join('\n')}\n`
}

function fill(directory: string): void {
  writeFileSync(join(directory, 'faci.yml'), 'service: bench\ncompose: {file: docker-compose.yml}\n')
  for (let number = 0; number < RUNS; number += 1) {
    const run = join(directory, '.faci', 'runs', ulid(number))
    mkdirSync(run, {recursive: true})
    writeFileSync(join(run, 'journal.jsonl'), journalText(ulid(number)))
  }
}

/** The list of the newest of ten thousand runs against `node -e 0`. Needs no stack. */
export async function benchRuns(): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'faci-bench-runs-'))
  try {
    fill(directory)
    const command = (argv: readonly string[]): Command => ({argv: [process.execPath, ...argv], cwd: directory})
    const commands = [command(['-e', '0']), command([FACI, 'runbook', 'runs'])]
    const [base = 1, list = NaN] = await inTurn(commands, ROUNDS)
    return [
      {
        what: 'faci runbook runs, ten thousand of them',
        against: 'node -e 0',
        ratio: list / base,
        target: TARGET,
        detail: `${list.toFixed(0)} ms to ${base.toFixed(0)} ms`,
      },
    ]
  } finally {
    rmSync(directory, {recursive: true, force: true})
  }
}
