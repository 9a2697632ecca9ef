import type {CertificateProblem} from '../../../domain/stack/certificate-error.js'
import type {ContainerReason, ProbeReason, ServiceReason} from '../../../domain/stack/reason.js'
import type {DeadNetworkCause} from '../../../domain/stack/shared-network.js'
import type {StackWords} from '../../../domain/stack/stack-words.js'
import {stackWords} from '../stack-words.js'
import {worded, type WordsFor} from '../worded.js'

const DEAD_NETWORK: Readonly<Record<DeadNetworkCause, (owner: string) => string>> = {
  ownerGone: () => 'cut off: the container whose network it shares no longer exists',
  ownerStopped: (owner) => `cut off: ${owner}, whose network it shares, is not running`,
  ownerRestarted: (owner) => `cut off: ${owner}, whose network it shares, was started again after it`,
}

export const CONTAINER: WordsFor<ContainerReason> = {
  exited: ({exitCode, outOfMemory}) =>
    `exited with ${exitCode === null ? 'an unknown code' : String(exitCode)}${outOfMemory ? ', out of memory' : ''}`,
  notRunning: ({state, restartCount}) => `${state}${restartCount > 0 ? ` (${String(restartCount)} times so far)` : ''}`,
  restartsOften: ({restartCount, sinceSeconds}) =>
    `restarted ${String(restartCount)} times, last ${String(Math.floor(sinceSeconds))} s ago`,
  starting: ({steadyAfterSeconds}) =>
    steadyAfterSeconds === null ? 'starting' : `starting, steady after ${String(Math.ceil(steadyAfterSeconds))} s`,
  unhealthy: 'unhealthy',
  deadNetwork: ({cause, owner}) => DEAD_NETWORK[cause](owner ?? ''),
}

export const SERVICE: WordsFor<ServiceReason> = {
  container: ({replica, reason}) => `#${String(replica)} ${worded(CONTAINER, reason)}`,
  finished: 'finished (exit code 0)',
  noContainer: 'no container',
  tooFewContainers: ({containers, wanted}) => `${String(containers)} of ${String(wanted)} containers`,
}

type Unexpected = Extract<ProbeReason, {readonly why: 'unexpected'}>

const UNEXPECTED: Readonly<
  Record<Unexpected['what'], (status: number, expected: string, got: string | null) => string>
> = {
  status: (status, expected) => `answers ${String(status)}, expected ${expected}`,
  header: (status, expected, got) =>
    `answers ${String(status)}, expected header ${expected}, ${got === null ? 'which it does not have' : `got ${got}`}`,
  body: (status, expected) => `answers ${String(status)}, but its body does not contain ${JSON.stringify(expected)}`,
}

/** Each with what to do about it. */
const CERTIFICATE: Readonly<Record<CertificateProblem, (names: readonly string[]) => string>> = {
  expired: () => 'its certificate has expired: renew it',
  notYetValid: () => 'its certificate is not valid yet: check the clocks of both machines',
  selfSigned: () =>
    'its certificate is self-signed: to trust it, set NODE_EXTRA_CA_CERTS to a file that holds the certificate',
  unknownIssuer: () =>
    'its certificate is from an unknown issuer: to trust it, set NODE_EXTRA_CA_CERTS to a file that holds its CA',
  revoked: () => 'its certificate has been revoked: renew it',
  wrongName: (names) =>
    names.length === 0
      ? 'its certificate is for another host: use the name that it is for'
      : `its certificate is for ${names.join(', ')}: use such a name in the URL`,
  noTls: () => 'it does not speak TLS: write http:// in the URL',
}

/** `DOWN: db`, but of a whole text `db: connection refused`. */
function said(word: string, parts: readonly string[]): string {
  if (parts.length === 0) return word
  return word.includes(' ') ? `${parts.join(', ')}: ${word}` : `${word}: ${parts.join(', ')}`
}

export const PROBE: WordsFor<ProbeReason> = {
  noAnswer: ({message}) => message,
  bodySays: ({status, word, parts}) => `answers ${String(status)}, but its body says ${said(word, parts)}`,
  unreadBody: ({status, encoding}) =>
    `answers ${String(status)}, but its body cannot be read: it is encoded as ${encoding}, although faci asked for none`,
  httpStatus: ({status, says}) => `HTTP ${String(status)}${says === null ? '' : ` (${says})`}`,
  unexpected: ({what, status, expected, got}) => UNEXPECTED[what](status, expected, got),
  certificate: ({problem, url, names}) => `${url}: ${CERTIFICATE[problem](names)}`,
  probeExited: ({exitCode, said}) => `its command exits with ${String(exitCode)}${said === '' ? '' : `: ${said}`}`,
  redirects: ({status, to}) =>
    to === null ? `HTTP ${String(status)}, a redirect` : `HTTP ${String(status)}, redirects to ${to}`,
}

const VERDICT: StackWords['verdict'] = {healthy: 'healthy', degraded: 'degraded', down: 'down', unknown: 'unknown'}

export const STACK = stackWords({verdict: VERDICT, container: CONTAINER, service: SERVICE, probe: PROBE})
