import {setTimeout as sleep} from 'node:timers/promises'
import {execa} from 'execa'
import type {LaterSuite} from '../../../service/stack/debian-archive.js'
import {findTool, packagedTool} from '../../../service/stack/debian.js'
import type {Backend} from './backend.js'
import {startPrometheus} from './prometheus-backend.js'
import {startVictoriaMetrics} from './victoria-metrics-backend.js'

interface Wish {
  readonly packageName: 'prometheus' | 'victoria-metrics'
  readonly suite: LaterSuite | null
}

/** On Debian 12, whose Prometheus is 2.42: Prometheus 2.53 and 3.5, the oldest VictoriaMetrics and the newest (1.79, 1.145). */
const WISHES: readonly Wish[] = [
  {packageName: 'prometheus', suite: 'trixie'},
  {packageName: 'prometheus', suite: 'forky'},
  {packageName: 'victoria-metrics', suite: null},
  {packageName: 'victoria-metrics', suite: 'forky'},
]

/** The one that must be there: on PATH, or of this machine's own suite. */
async function ownPrometheus(): Promise<Backend> {
  const tool = await findTool('prometheus')
  const {stdout} = await execa(tool.command, ['--version'], {env: tool.env, stdin: 'ignore'})
  const version = /version (\S+)/.exec(stdout)?.[1] ?? 'unknown'
  const spelling = Number.parseInt(version) >= 3 ? 'float' : 'scraped'
  return {kind: 'prometheus', name: `Prometheus ${version}`, start: () => startPrometheus(tool, spelling)}
}

async function packaged({packageName, suite}: Wish): Promise<Backend> {
  const tool = await packagedTool(suite, packageName)
  // A binary of a later release may be here and not run.
  await execa(tool.command, ['--version'], {env: tool.env, stdin: 'ignore'})
  if (packageName === 'victoria-metrics') {
    return {kind: 'victoriaMetrics', name: `VictoriaMetrics ${tool.version}`, start: () => startVictoriaMetrics(tool)}
  }
  const spelling = Number.parseInt(tool.version) >= 3 ? 'float' : 'scraped'
  return {kind: 'prometheus', name: `Prometheus ${tool.version}`, start: () => startPrometheus(tool, spelling)}
}

/** What can be had, and what not. */
export interface AvailableBackends {
  readonly present: readonly [Backend, ...(readonly Backend[])]
  readonly missing: readonly string[]
}

/** A slow mirror must not hold up the tests; what comes later is in the cache for the next run. */
const PATIENCE_MILLISECONDS = 60_000

async function tooLate(): Promise<never> {
  await sleep(PATIENCE_MILLISECONDS, undefined, {ref: false})
  throw new Error(`not fetched within ${PATIENCE_MILLISECONDS / 1000} s`)
}

/** Its name, with the reason printed, where it cannot be had: what a mirror has is no reason to fail, in CI neither. */
async function ifItCanBeHad(wish: Wish): Promise<Backend | string> {
  try {
    return await Promise.race([packaged(wish), tooLate()])
  } catch (error) {
    const {packageName, suite} = wish
    const what = `${packageName} of ${suite === null ? 'this release' : `Debian ${suite}`}`
    process.stderr.write(`SKIPPED: tests against ${what}: ${error instanceof Error ? error.message : String(error)}\n`)
    return what
  }
}

/** This machine's Prometheus first, then the others. */
export async function availableBackends(): Promise<AvailableBackends> {
  const others = await Promise.all(WISHES.map(ifItCanBeHad))
  return {
    present: [await ownPrometheus(), ...others.filter((one) => typeof one !== 'string')],
    missing: others.filter((one) => typeof one === 'string'),
  }
}
