import {FaciError} from '../errors.js'

/** Why a certificate is not believed; `noTls`: what listens there does not speak TLS at all. */
export type CertificateProblem =
  'expired' | 'notYetValid' | 'selfSigned' | 'unknownIssuer' | 'revoked' | 'wrongName' | 'noTls'

export interface CertificateFault {
  readonly problem: CertificateProblem
  /** As it may be shown. */
  readonly url: string
  /** The hosts that it is for, where it is for others. */
  readonly names: readonly string[]
}

/** An `unreachable` whose reason is a certificate. */
export class CertificateError extends FaciError {
  readonly fault: CertificateFault

  constructor(message: string, fault: CertificateFault) {
    super('unreachable', message)
    this.fault = fault
  }
}
