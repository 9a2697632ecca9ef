import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {repositoryRoot} from '../../service/stack/repository.js'
import {serveHistory} from '../support/prometheus-history.js'
import {median, type Row, wallTime} from './measure.js'
import {END, samples} from './slo.js'

const ROUNDS = 5
const TARGET_SECONDS = 3
const HOURS = 3600
const RULES = 20
const FACI = join(repositoryRoot, 'bin', 'run.js')

function rulesText(): string {
  const rules = Array.from(
    {length: RULES},
    (_, index) =>
      `      - {alert: Errors${String(index)}, for: ${String(index)}m, expr: 'sum by (endpoint) (rate(http_requests_total{status="500"}[5m])) > ${String(0.001 * (index + 1))}'}`,
  )
  return `groups:\n  - name: shop\n    rules:\n${rules.join('\n')}\n`
}

/** A post-mortem of six hours measured anew: thirty days of 15-second samples, forty series, four objectives, twenty alert rules. */
export async function benchPostmortem(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'faci-bench-postmortem-'))
  writeFileSync(join(folder, 'rules.yml'), rulesText())
  const history = await serveHistory(samples(), {rules: [join(folder, 'rules.yml')]})
  try {
    writeFileSync(
      join(folder, 'faci.yml'),
      `service: bench\ncompose: {}\nprometheus: {url: '${history.url}', job: shop}
slos:
  - {name: uptime, objective: 99.5, indicator: {up: true}}
  - {name: availability, objective: 99.5, indicator: {errors: 'http_requests_total{status=~"5.."}', total: http_requests_total}}
  - {name: error-rate, objective: 99.5, indicator: {errors: 'http_requests_total{status=~"5.."}', total: http_requests_total}}
  - {name: latency, objective: 95, indicator: {histogram: http_request_duration_seconds, threshold: 500ms}}
`,
    )
    const at = (secondsBefore: number): string => new Date((END - secondsBefore) * 1000).toISOString()
    const faci = (...argv: readonly string[]) => execa(process.execPath, [FACI, 'incident', ...argv], {cwd: folder})
    const times = ['--started-at', at(7 * HOURS), '--detected-at', at(6.5 * HOURS)]
    await faci('open', '--title', 'bench', '--severity', 'P1', '--quiet', ...times)
    await faci('resolve', '--at', at(HOURS), '--quiet')
    const command = {argv: [process.execPath, FACI, 'incident', 'postmortem', '--refresh'], cwd: folder}
    await wallTime(command)
    const walls: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) walls.push(await wallTime(command))
    const seconds = median(walls) / 1000
    return [
      {
        what: 'faci incident postmortem, six hours measured anew, 20 alert rules, 4 objectives',
        against: `${String(TARGET_SECONDS)} s`,
        ratio: seconds / TARGET_SECONDS,
        target: 1,
        detail: `${seconds.toFixed(2)} s`,
      },
    ]
  } finally {
    history.stop()
    rmSync(folder, {recursive: true, force: true})
  }
}
