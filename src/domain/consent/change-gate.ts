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

/** What needs a yes of its own, whatever was said of the rest. */
export interface OwnConsent {
  /** As it is given beforehand: `config@HASH`. */
  readonly approval: string
  /** `--approve`, as it was typed; null: not given. */
  readonly given: string | null
}

/** `word`: only this, typed out, is a yes. */
export function decideOwnGate(
  {approval, given}: OwnConsent,
  {attended, inRun}: Pick<ChangeConsent, 'attended' | 'inRun'>,
): ChangeGate {
  const [word = approval] = approval.split('@')
  if (given === approval) return {kind: 'open', how: `--approve ${word}`}
  if (given !== null) return {kind: 'refuse', why: `--approve ${given} is not for this: it has changed since`}
  const unattended = inRun ? 'a run has not asked for that' : `there is ${UNATTENDED}`
  return attended && !inRun
    ? {kind: 'ask', word}
    : {kind: 'refuse', why: `this makes another configuration than the one that runs, and ${unattended}`}
}

/** What to add to a command so that it is accepted without asking anybody. */
export function consentFlags({environment, production}: Environment): readonly string[] {
  return production ? ['--yes', '--confirm', environment] : ['--yes']
}
