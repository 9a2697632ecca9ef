import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'
import type {Stack} from '../../service/stack/stack.js'
import {type Workspace} from '../support/workspace.js'
import {type Command, inTurn, type Row} from './measure.js'

const ROUNDS = 25
const FACI = join(repositoryRoot, 'bin', 'run.js')

const CASES: readonly {readonly argv: readonly string[]; readonly target: number}[] = [
  {argv: ['--version'], target: 1.3},
  {argv: ['--help'], target: 2.5},
  {argv: ['runbook', 'list'], target: 2.5},
  {argv: ['status', '--json'], target: 3.5},
  {argv: ['signals', '--json'], target: 3.5},
]

/** Whole commands against `node -e 0`. */
export async function benchStartup(stack: Stack, here: Workspace): Promise<readonly Row[]> {
  const command = (argv: readonly string[]): Command => ({
    argv: [process.execPath, ...argv],
    cwd: here.directory,
    env: stack.env,
  })
  const commands = [command(['-e', '0']), ...CASES.map(({argv}) => command([FACI, ...argv]))]
  const [base = 1, ...times] = await inTurn(commands, ROUNDS)
  return CASES.map(({argv, target}, index) => ({
    what: `faci ${argv.join(' ')}`,
    against: 'node -e 0',
    ratio: (times[index] ?? NaN) / base,
    target,
    detail: `${(times[index] ?? NaN).toFixed(0)} ms to ${base.toFixed(0)} ms`,
  }))
}
