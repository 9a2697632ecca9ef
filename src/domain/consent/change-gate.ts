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
  /** `word`: only this, typed out, is a yes; null: a plain yes is enough. */
  | {readonly kind: 'ask'; readonly word: string | null}
  | {readonly kind: 'refuse'; readonly why: string}

const UNATTENDED = 'no terminal to confirm on'

function decideInProduction({environment, attended, yes, confirm}: ChangeConsent): ChangeGate {
  if (yes && confirm === environment) return {kind: 'open', how: '--yes --confirm'}
  if (attended) return {kind: 'ask', word: environment}
  return {kind: 'refuse', why: `this is production, and there is ${UNATTENDED}`}
}

/** Fails closed: without a person and without consent given beforehand the answer is no. */
export function decideChangeGate(consent: ChangeConsent): ChangeGate {
  const {environment, production, attended, yes, confirm, inRun} = consent
  if (confirm !== null && confirm !== environment)
    return {kind: 'refuse', why: `--confirm says ${confirm}, but the environment is ${environment}`}
  if (inRun) return {kind: 'open', how: 'the run'}
  if (production) return decideInProduction(consent)
  if (yes) return {kind: 'open', how: '--yes'}
  return attended ? {kind: 'ask', word: null} : {kind: 'refuse', why: UNATTENDED}
}

/** What to add to a command so that it is accepted without asking anybody. */
export function consentFlags({environment, production}: Environment): readonly string[] {
  return production ? ['--yes', '--confirm', environment] : ['--yes']
}
