import type {StateVerdict} from '../verdict.js'
import type {Container} from './container.js'
import {command, shellCommand} from '../text/shell-command.js'

/** What is asked of a runbook here: what it is called and what it acts on. */
interface NamedRunbook {
  readonly name: string
  readonly title: string
  readonly services: readonly string[]
}

const UNPAUSE = 'docker unpause'

export function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

export function holdsAll(text: string, name: string): boolean {
  const words = wordsOf(text)
  return wordsOf(name).every((word) => words.includes(word))
}

/** The runbook for a service that is not well, known before any alert fires: one that acts on it and says so, or that is for what is down. */
export function runbookFor(service: string, verdict: StateVerdict, runbooks: readonly NamedRunbook[]): string | null {
  const fitting = runbooks.filter(({services}) => services.includes(service))
  const rank = ({name, title}: NamedRunbook): number =>
    (holdsAll(`${name} ${title}`, service) ? 2 : 0) + (verdict === 'down' && holdsAll(name, 'down') ? 1 : 0)
  const [best] = fitting.toSorted((one, other) => rank(other) - rank(one))
  return best === undefined || rank(best) === 0 ? null : command`faci runbook ${best.name}`
}

/** What ends a pause, when that is all that is wrong with these; their logs would tell nothing of it. */
export function unpauseCommand(bad: readonly Container[]): string | null {
  const isPause = bad.length > 0 && bad.every(({state}) => state === 'paused')
  return isPause ? `${UNPAUSE} ${shellCommand(bad.map(({name}) => name))}` : null
}

/** How a container ends that somebody stopped, or killed: by itself, by TERM, by KILL. */
const STOPPED: ReadonlySet<number | null> = new Set([0, 143, 137])

/** What starts a service again that was stopped, when that is all that is wrong: its log would tell nothing of who did it. */
export function startCommand(service: string, bad: readonly Container[]): string | null {
  const isStopped = ({state, exitCode, outOfMemory}: Container): boolean =>
    state === 'created' || (state === 'exited' && STOPPED.has(exitCode) && !outOfMemory)
  return bad.length > 0 && bad.every(isStopped) ? command`faci start ${service}` : null
}

interface Judged {
  readonly service: string
  readonly verdict: StateVerdict
  readonly next: string | null
}

/** What every screen says to type about a service; null when nothing is to be done but to wait. */
export function nextCommand({service, verdict, next}: Judged, runbooks: readonly NamedRunbook[]): string | null {
  if (verdict === 'healthy' || verdict === 'unknown') return next
  return next?.startsWith(UNPAUSE) === true ? next : (runbookFor(service, verdict, runbooks) ?? next)
}
