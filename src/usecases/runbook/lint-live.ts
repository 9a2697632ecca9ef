import type {RunEvent} from '../../domain/journal/events.js'
import {FaciError} from '../../domain/errors.js'
import {findingIn} from '../../domain/runbook/lint/runbook-finding.js'
import {isEvidence, type RunEnd, runEnd, staleEvidence} from '../../domain/runbook/lint/freshness.js'
import type {NotChecked} from '../../domain/runbook/lint/lint-report.js'
import {toolsOf, unknownServices, urlsOf} from '../../domain/runbook/lint/live-subjects.js'
import type {PlacedRunbook} from '../../domain/runbook/runbook.js'
import type {Clock} from '../../ports/clock.js'
import type {Compose} from '../../ports/compose.js'
import type {Http} from '../../ports/http.js'
import type {Journal} from '../../ports/journal.js'
import type {Metrics} from '../../ports/metrics.js'
import type {Shell} from '../../ports/shell.js'
import {lintQueries} from './lint-queries.js'
import {bySubject, type LiveLook, failedLook} from './live-look.js'

export interface LintLiveDeps {
  readonly compose: Compose
  readonly metrics: Metrics | null
  readonly http: Http
  readonly shell: Shell
  readonly journal: Journal<RunEvent>
  readonly clock: Clock
}

export interface LintLiveInput {
  readonly runbooks: readonly PlacedRunbook[]
  readonly health: Readonly<Record<string, string>>
}

const URL_TIMEOUT_SECONDS = 5
/** Journals read at once, newest first, until every runbook is known to work. */
const JOURNALS_AT_ONCE = 32

/** Whatever a backend's adapter reports makes its check one that was not made. */
async function look(check: NotChecked['check'], work: () => Promise<LiveLook>): Promise<LiveLook> {
  try {
    return await work()
  } catch (error) {
    return failedLook(check, error)
  }
}

async function lintServices({compose}: LintLiveDeps, {runbooks}: LintLiveInput): Promise<LiveLook> {
  const {services, profiled} = await compose.model()
  const findings = runbooks.flatMap((runbook) =>
    unknownServices(runbook, [...services, ...profiled]).map((problem) => findingIn(runbook.file, problem)),
  )
  return {findings, notChecked: []}
}

/** Any status is an answer; finding no way there says nothing of the other side. */
async function lintUrl(http: Http, url: string): Promise<{readonly problem: string | null; readonly look: LiveLook}> {
  const nothing = {findings: [], notChecked: []}
  try {
    await http.send({method: 'GET', url, headers: {}, timeoutSeconds: URL_TIMEOUT_SECONDS})
    return {problem: null, look: nothing}
  } catch (error) {
    const isAnswer = error instanceof FaciError && (error.code === 'unreachable' || error.code === 'timedOut')
    return isAnswer ? {problem: error.message, look: nothing} : {problem: null, look: failedLook('urls', error)}
  }
}

async function lintUrls({http}: LintLiveDeps, {runbooks, health}: LintLiveInput): Promise<LiveLook> {
  const subjects = bySubject(runbooks, (runbook) => urlsOf(runbook, health))
  const looks = [...subjects].map(async ([url, places]) => {
    const {problem, look: seen} = await lintUrl(http, url)
    const found = problem === null ? [] : places
    const findings = found.map(({file, place}) => findingIn(file, {rule: 'url', ...place, said: problem ?? ''}))
    return {findings, notChecked: seen.notChecked}
  })
  const all = await Promise.all(looks)
  return {findings: all.flatMap(({findings}) => findings), notChecked: all.flatMap(({notChecked}) => notChecked)}
}

async function lintTools({shell}: LintLiveDeps, {runbooks}: LintLiveInput): Promise<LiveLook> {
  const subjects = bySubject(runbooks, toolsOf)
  const missing = await shell.missing([...subjects.keys()])
  const findings = missing.flatMap((tool) =>
    (subjects.get(tool) ?? []).map(({file, place}) => findingIn(file, {rule: 'tool', ...place, name: tool})),
  )
  return {findings, notChecked: []}
}

async function endOf({journal}: LintLiveDeps, id: string): Promise<RunEnd | null> {
  try {
    return runEnd((await journal.read(id)).events)
  } catch (error) {
    // A directory without a journal of its own: an action that was no run.
    if (error instanceof FaciError && error.code === 'notFound') return null
    throw error
  }
}

/** When each runbook last was seen to work. */
async function lastPasses(
  deps: LintLiveDeps,
  runbooks: readonly PlacedRunbook[],
): Promise<ReadonlyMap<string, string>> {
  const passes = new Map<string, string>()
  const ids = await deps.journal.list(Infinity)
  for (let at = 0; at < ids.length && passes.size < runbooks.length; at += JOURNALS_AT_ONCE) {
    const ends = await Promise.all(ids.slice(at, at + JOURNALS_AT_ONCE).map((id) => endOf(deps, id)))
    for (const end of ends) {
      const runbook = end === null ? undefined : runbooks.find((one) => isEvidence(one, end))
      if (end !== null && runbook !== undefined && !passes.has(runbook.name)) passes.set(runbook.name, end.at)
    }
  }
  return passes
}

async function lintFreshness(deps: LintLiveDeps, {runbooks}: LintLiveInput): Promise<LiveLook> {
  const reviewed = runbooks.filter(({reviewEverySeconds}) => reviewEverySeconds !== null)
  const passes = await lastPasses(deps, reviewed)
  const now = deps.clock.now()
  const findings = reviewed.flatMap((runbook) =>
    staleEvidence(runbook, passes.get(runbook.name) ?? null, now).map((problem) => findingIn(runbook.file, problem)),
  )
  return {findings, notChecked: []}
}

/** Holds runbooks against the running system, everything asked at once. What cannot be reached is told as not checked. */
export async function lintLive(deps: LintLiveDeps, input: LintLiveInput): Promise<LiveLook> {
  const looks = await Promise.all([
    look('services', () => lintServices(deps, input)),
    look('metrics', () => lintQueries(deps.metrics, input.runbooks)),
    look('urls', () => lintUrls(deps, input)),
    look('tools', () => lintTools(deps, input)),
    look('freshness', () => lintFreshness(deps, input)),
  ])
  const notChecked = looks.flatMap((one) => one.notChecked)
  const reasons = new Map(notChecked.map((one) => [`${one.check} ${one.reason}`, one]))
  return {findings: looks.flatMap(({findings}) => findings), notChecked: [...reasons.values()]}
}
