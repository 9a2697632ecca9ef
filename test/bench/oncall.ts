import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'
import {type Command, inTurn, type Row} from './measure.js'

const ROUNDS = 15
const TARGET = 3
const CHECK_SECONDS = 1.5
const FACI = join(repositoryRoot, 'bin', 'run.js')
const PEOPLE = Array.from({length: 10}, (_, index) => `p${String(index)}`)

const FACI_YML = `service: bench
timezone: America/Sao_Paulo
oncall:
  people: [${PEOPLE.map((name) => `{name: ${name}}`).join(', ')}]
  layers:
    - {name: primary, rotation: weekly, handoff: 'Mon 09:00', start: 2026-01-05, people: [${PEOPLE.join(', ')}]}
    - {name: nights, rotation: daily, hours: ['22:00', '06:00'], people: [${PEOPLE.slice(3, 7).join(', ')}]}
    - {name: weekend, rotation: weekly, weekdays: [Sat, Sun], people: [${PEOPLE.slice(7).join(', ')}]}
`

/** Who is on call, and a year of a rota of ten people in three layers. Needs no stack. */
export async function benchOncall(): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'faci-bench-oncall-'))
  try {
    writeFileSync(join(directory, 'faci.yml'), FACI_YML)
    const command = (argv: readonly string[]): Command => ({argv: [process.execPath, ...argv], cwd: directory})
    const check = [FACI, 'oncall', 'check', '--months', '12']
    const commands = [command(['-e', '0']), command([FACI, 'oncall']), command(check)]
    const [base = 1, now = NaN, year = NaN] = await inTurn(commands, ROUNDS)
    const detail = `${now.toFixed(0)} ms to ${base.toFixed(0)} ms`
    const seconds = year / 1000
    return [
      {what: 'faci oncall', against: 'node -e 0', ratio: now / base, target: TARGET, detail},
      {
        what: 'faci oncall check --months 12, ten people in three layers, seconds',
        ...{against: '1 s', ratio: seconds, target: CHECK_SECONDS, detail: `${seconds.toFixed(2)} s`},
      },
    ]
  } finally {
    rmSync(directory, {recursive: true, force: true})
  }
}
