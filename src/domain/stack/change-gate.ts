import {PRODUCTION} from '../execution/gate.js'

/** What was given beforehand, and whether a person can be asked. */
export interface ChangeConsent {
  readonly environment: string
  readonly attended: boolean
  /** `--yes`. */
  readonly yes: boolean
  /** `--confirm`: the environment that the caller believes this is. */
  readonly confirm: string | null
  /** Part of a run, whose block has been consented to. */
  readonly inRun: boolean
}

export type ChangeGate =
  | {readonly kind: 'open'; readonly how: string}
  /** `typed`: only the environment's name, typed out, is a yes. */
  | {readonly kind: 'ask'; readonly typed: boolean}
  | {readonly kind: 'refuse'; readonly why: string}

/** Fails closed: without a person and without consent given beforehand the answer is no. */
export function decideChangeGate({environment, attended, yes, confirm, inRun}: ChangeConsent): ChangeGate {
  if (confirm !== null && confirm !== environment)
    return {kind: 'refuse', why: `--confirm says ${confirm}, but the environment is ${environment}`}
  if (inRun) return {kind: 'open', how: 'the run'}
  const typed = environment === PRODUCTION
  if (yes && (!typed || confirm === environment)) return {kind: 'open', how: typed ? '--yes --confirm' : '--yes'}
  if (attended) return {kind: 'ask', typed}
  return {kind: 'refuse', why: typed ? 'this is production, and nobody can be asked' : 'nobody can be asked'}
}

/** What to add to a command so that it is accepted without asking anybody. */
export function consentFlags(environment: string): readonly string[] {
  return environment === PRODUCTION ? ['--yes', '--confirm', environment] : ['--yes']
}
