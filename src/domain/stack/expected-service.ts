import type {Container} from './container.js'

/** A service that the Compose file wants to be there: of no profile that is off. */
export interface ExpectedService {
  readonly service: string
  /** How many containers the file asks for; 0: none is wanted. */
  readonly replicas: number
  /** It runs to its end: exit code 0 is what is wanted of it. */
  readonly isJob: boolean
}

/**
 * Whether exit code 0 is an end that is wanted of it: it is a job, or nothing wants it to run, as of a profile that is off. `expected`
 * is null where Compose cannot be asked: then nothing is said to have ended well.
 */
export function mayFinish(service: string, expected: readonly ExpectedService[] | null): boolean {
  if (expected === null) return false
  return expected.find((one) => one.service === service)?.isJob ?? true
}

/** Whether a service is a job that has come to its end as wanted: to start it would be to do its work once more. */
export function isFinishedJob(own: readonly Container[], expected: readonly ExpectedService[]): boolean {
  const [first] = own
  const isJob = expected.some(({service, isJob}) => isJob && service === first?.service)
  return isJob && own.every(({state, exitCode}) => state === 'exited' && exitCode === 0)
}
