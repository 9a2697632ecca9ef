import type {CertificateProblem} from './certificate-error.js'
import type {Container} from './container.js'
import type {DeadNetworkCause} from './shared-network.js'

/** Why a container is not healthy, worded in `render/words`. `sinceSeconds`: since its last restart. */
export type ContainerReason =
  | {readonly why: 'exited'; readonly exitCode: number | null; readonly outOfMemory: boolean}
  /** It neither runs nor has exited; of one between two lives the engine does not tell how it ended. */
  | {
      readonly why: 'notRunning'
      readonly state: Exclude<Container['state'], 'exited' | 'running'>
      readonly restartCount: number
    }
  | {readonly why: 'restartsOften'; readonly restartCount: number; readonly sinceSeconds: number}
  /** Not bad, and not seen to be good; null where its health check has yet to say so. */
  | {readonly why: 'starting'; readonly steadyAfterSeconds: number | null}
  | {readonly why: 'unhealthy'}
  /** It is on another container's network, which ended: `owner` is that one's name, null when it is gone. */
  | {readonly why: 'deadNetwork'; readonly cause: DeadNetworkCause; readonly owner: string | null}

/** Why a service is not healthy; of a job that is done, that it is. */
export type ServiceReason =
  | {readonly why: 'container'; readonly replica: number; readonly reason: ContainerReason}
  | {readonly why: 'finished'}
  | {readonly why: 'noContainer'}
  | {readonly why: 'tooFewContainers'; readonly containers: number; readonly wanted: number}

/** Why a health endpoint is not healthy. `message` is an error's, which is English. */
export type ProbeReason =
  | {readonly why: 'noAnswer'; readonly message: string}
  /** A good status, and a body that tells otherwise: its word, and the parts that it says are not well. */
  | {readonly why: 'bodySays'; readonly status: number; readonly word: string; readonly parts: readonly string[]}
  /** A good status, and a body in an encoding that faci cannot read: whether it says otherwise is not known. */
  | {readonly why: 'unreadBody'; readonly status: number; readonly encoding: string}
  /** `says`: the status that its body states. */
  | {readonly why: 'httpStatus'; readonly status: number; readonly says: string | null}
  /** `got` null: it does not have it. `what`: which of `expect` in faci.yml. */
  | {
      readonly why: 'unexpected'
      readonly what: 'status' | 'header' | 'body'
      readonly status: number
      readonly expected: string
      readonly got: string | null
    }
  /** `names`: for which hosts it is, where that is what is wrong. */
  | {
      readonly why: 'certificate'
      readonly problem: CertificateProblem
      readonly url: string
      readonly names: readonly string[]
    }
  /** A command in its container; `said`: the last line that it wrote. */
  | {readonly why: 'probeExited'; readonly exitCode: number; readonly said: string}
  /** `to`: without user, password, query and fragment; null where it does not say. */
  | {readonly why: 'redirects'; readonly status: number; readonly to: string | null}
