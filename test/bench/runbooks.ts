import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'
import {parseRunbook} from '../../src/formats/runbook/parse-runbook.js'
import {type Command, inTurn, median, type Row} from './measure.js'

const FACI = join(repositoryRoot, 'bin', 'run.js')
const BLOCKS = 100
const ROUNDS = 5
const RUNBOOKS = 500
const FILE_BYTES = 5_000_000
/** Seconds; a ratio is to it. */
const LINT_TARGET = 3
const MILLISECONDS = 1000

function folder(runbooks: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'faci-bench-books-'))
  mkdirSync(join(directory, 'runbooks'))
  writeFileSync(join(directory, 'faci.yml'), 'service: bench\ncompose: {file: docker-compose.yml}\n')
  writeFileSync(join(directory, 'docker-compose.yml'), 'services: {}\n')
  for (const [name, text] of Object.entries(runbooks)) writeFileSync(join(directory, 'runbooks', `${name}.md`), text)
  return directory
}

const TRUE = '## Step\n```sh {diagnose}\ntrue\n```\n'

/** What the engine costs a block: a run of 100 against one of one, less what 100 `bash -c true` take. */
export async function benchBlocks(): Promise<readonly Row[]> {
  const directory = folder({many: TRUE.repeat(BLOCKS), one: TRUE})
  const faci = (name: string): Command => ({argv: [process.execPath, FACI, 'runbook', name], cwd: directory})
  const plain: Command = {
    argv: ['sh', '-c', `i=0; while [ $i -lt ${String(BLOCKS)} ]; do bash -c true; i=$((i+1)); done`],
  }
  try {
    const [many = NaN, one = NaN, bash = NaN] = await inTurn([faci('many'), faci('one'), plain], ROUNDS)
    const block = (many - one) / (BLOCKS - 1)
    const each = bash / BLOCKS
    const detail = `${block.toFixed(1)} ms a block, ${each.toFixed(1)} ms a bash`
    return [{what: '100 blocks, ms beyond it each', against: 'bash -c true', ratio: block - each, target: 15, detail}]
  } finally {
    rmSync(directory, {recursive: true, force: true})
  }
}

/** Cold: no code cache of faci's, as on the first run after an update. */
export function benchLint(): Promise<readonly Row[]> {
  const names = Array.from({length: RUNBOOKS}, (_, index) => `book-${String(index)}`)
  const directory = folder(
    Object.fromEntries(names.map((name) => [name, '## Step\n```sh {diagnose}\necho hello\n```\n'])),
  )
  try {
    const times = Array.from({length: ROUNDS}, () => {
      const started = process.hrtime.bigint()
      execFileSync(process.execPath, [FACI, 'runbook', 'lint'], {cwd: directory, stdio: 'ignore'})
      return Number(process.hrtime.bigint() - started) / 1e6
    })
    const seconds = median(times) / MILLISECONDS
    const detail = `${seconds.toFixed(2)} s`
    return Promise.resolve([
      {what: 'faci runbook lint, 500 runbooks', against: '3 s', ratio: seconds / LINT_TARGET, target: 1, detail},
    ])
  } finally {
    rmSync(directory, {recursive: true, force: true})
  }
}

const PIECES: Readonly<Record<string, string>> = {
  prose: 'a line of prose with `code` and *stars* and a [link](x)\n',
  headings: '## Step\n\ntext\n\n',
  'blocks that run': TRUE,
  brackets: '[',
  'task lists': '- [ ] do it\n',
}

/** The slowest of several kinds of 5 MB, against a second. */
export function benchParse(): Promise<readonly Row[]> {
  const times = Object.entries(PIECES).map(([name, piece]) => {
    const text = piece.repeat(Math.ceil(FILE_BYTES / piece.length))
    const started = process.hrtime.bigint()
    parseRunbook('x', 'x.md', text)
    return {name, seconds: Number(process.hrtime.bigint() - started) / 1e9}
  })
  const [slowest = {name: '', seconds: NaN}] = times.sort((a, b) => b.seconds - a.seconds)
  const detail = `${slowest.seconds.toFixed(2)} s, ${slowest.name}`
  return Promise.resolve([{what: 'a 5 MB runbook read', against: '1 s', ratio: slowest.seconds, target: 1, detail}])
}
