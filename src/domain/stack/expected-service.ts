import type {Container} from './container.js'

/** A service that the Compose file wants to be there: of no profile that is off. */
export interface ExpectedService {
  readonly service: string
  /** How many containers the file asks for; 0: none is wanted. */
  readonly replicas: number
  /** It runs to its end: exit code 0 is what is wanted of it. */
  readonly isJob: boolean
  /** No job for sure, but Docker takes exit code 0 of it for an end that is wanted, and nothing says that it is to serve. */
  readonly mayEnd?: boolean | undefined
}

/**
 * Whether exit code 0 is an end that is wanted of it: it is a job, its restart policy says so, or nothing wants it to run, as of a profile
 * that is off. `expected` is null where Compose cannot be asked: then nothing is said to have ended well.
 */
export function mayFinish(service: string, expected: readonly ExpectedService[] | null): boolean {
  if (expected === null) return false
  const found = expected.find((one) => one.service === service)
  return found === undefined || found.isJob || found.mayEnd === true
}

/** As `mayFinish`, of one container: one that somebody stopped has not come to its end, and one that is checked is to serve. */
export function mayContainerFinish(
  {id, service, health}: Container,
  expected: readonly ExpectedService[] | null,
  stopped: ReadonlySet<string>,
): boolean {
  const isDoubtful = expected?.some((one) => one.service === service && !one.isJob && one.mayEnd === true) === true
  return mayFinish(service, expected) && !(isDoubtful && (stopped.has(id) || health !== 'none'))
}

/** Containers that ended with 0, of services whose end may be wanted: whether somebody stopped them, the engine's events tell. */
export function perhapsStopped(
  containers: readonly Container[],
  expected: readonly ExpectedService[] | null,
): readonly Container[] {
  const doubtful = new Set(
    expected?.flatMap(({service, isJob, mayEnd}) => (mayEnd === true && !isJob ? [service] : [])),
  )
  return containers.filter(({service, state, exitCode}) => {
    return doubtful.has(service) && state === 'exited' && exitCode === 0
  })
}

/** Whether a service is a job that has come to its end as wanted: to start it would be to do its work once more. */
export function isFinishedJob(own: readonly Container[], expected: readonly ExpectedService[]): boolean {
  const [first] = own
  const isJob = expected.some(({service, isJob}) => isJob && service === first?.service)
  return isJob && own.every(({state, exitCode}) => state === 'exited' && exitCode === 0)
}
