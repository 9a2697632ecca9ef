import type {Environment} from '../environment.js'

export type Confirm = 'default' | 'always' | 'production' | 'never'

/** A block that changes something. */
interface GatedBlock {
  readonly id: string
  readonly confirm: Confirm
}

/** What was given beforehand, and whether a person can be asked. */
export interface Consent extends Environment {
  readonly attended: boolean
  /** `--yes`. */
  readonly yes: boolean
  /** `--approve ID@HASH`, checked against the blocks. */
  readonly approved: ReadonlySet<string>
  /** `--confirm ENVIRONMENT` named this one, as it is written. */
  readonly confirmed: boolean
}

export type GateDecision =
  | {readonly kind: 'open'; readonly how: string}
  /** `word`: only this, typed out, is a yes; null: a plain yes is enough. */
  | {readonly kind: 'ask'; readonly word: string | null}
  | {readonly kind: 'refuse'; readonly why: string}

/** How a gate was opened for which the block's hash was given. */
export const APPROVED = '--approve'

/** How a gate was answered that a person was asked at. */
export const TYPED = 'typed'

/** Only a typed answer or `--approve` opens it. */
export function isStrict({confirm}: GatedBlock, production: boolean): boolean {
  return confirm === 'always' || (confirm === 'production' && production)
}

function isUngated({confirm}: GatedBlock, production: boolean): boolean {
  return confirm === 'never' || (confirm === 'production' && !production)
}

function given(block: GatedBlock, consent: Consent, strict: boolean): string | null {
  if (isUngated(block, consent.production)) return `confirm=${block.confirm}`
  if (consent.approved.has(block.id)) return APPROVED
  const {yes, confirmed, production} = consent
  return !strict && yes && (!production || confirmed) ? '--yes' : null
}

/** Fails closed: without a person and without consent given beforehand the answer is no. */
export function decideGate(block: GatedBlock, consent: Consent): GateDecision {
  const {environment, production, attended} = consent
  if (production && !attended && !consent.confirmed)
    return {kind: 'refuse', why: `production without a terminal needs --confirm ${environment}`}
  const strict = isStrict(block, production)
  const how = given(block, consent, strict)
  if (how !== null) return {kind: 'open', how}
  if (attended) return {kind: 'ask', word: production ? environment : strict ? block.id : null}
  return {kind: 'refuse', why: strict ? `\`${block.id}\` needs --approve` : `\`${block.id}\` needs --yes or --approve`}
}
