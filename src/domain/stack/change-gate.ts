import type {Environment} from '../environment.js'

/** What was given beforehand, and whether a person can be asked. */
export interface ChangeConsent extends Environment {
  readonly attended: boolean
  /** `--yes`. */
  readonly yes: boolean
  /** `--confirm`: the environment that the caller believes this is, by its written name. */
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
export function decideChangeGate({
  environment,
  production: typed,
  attended,
  yes,
  confirm,
  inRun,
}: ChangeConsent): ChangeGate {
  if (confirm !== null && confirm !== environment)
    return {kind: 'refuse', why: `--confirm says ${confirm}, but the environment is ${environment}`}
  if (inRun) return {kind: 'open', how: 'the run'}
  if (yes && (!typed || confirm === environment)) return {kind: 'open', how: typed ? '--yes --confirm' : '--yes'}
  if (attended) return {kind: 'ask', typed}
  return {kind: 'refuse', why: typed ? 'this is production, and nobody can be asked' : 'nobody can be asked'}
}

/** What to add to a command so that it is accepted without asking anybody. */
export function consentFlags({environment, production}: Environment): readonly string[] {
  return production ? ['--yes', '--confirm', environment] : ['--yes']
}
