import type {Environment} from '../environment.js'
import type {GateReason} from './gate-reason.js'

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
  | {readonly kind: 'open'; readonly how: GateReason}
  /** `word`: only this, typed out, is a yes; null: a plain yes is enough. */
  | {readonly kind: 'ask'; readonly word: string | null}
  | {readonly kind: 'refuse'; readonly reason: GateReason}

const APPROVED: GateReason = {why: 'flag', flag: '--approve'}

/** The block's hash was given: what was approved must be what runs. */
export function isApproval(how: GateReason): boolean {
  return how.why === 'flag' && how.flag === '--approve'
}

/** How a gate was answered that a person was asked at. */
export const TYPED: GateReason = {why: 'typed'}

/** Only a typed answer or `--approve` opens it. */
export function isStrict({confirm}: GatedBlock, production: boolean): boolean {
  return confirm === 'always' || (confirm === 'production' && production)
}

function isUngated({confirm}: GatedBlock, production: boolean): boolean {
  return confirm === 'never' || (confirm === 'production' && !production)
}

function given(block: GatedBlock, consent: Consent, strict: boolean): GateReason | null {
  if (isUngated(block, consent.production)) return {why: 'flag', flag: `confirm=${block.confirm}`}
  if (consent.approved.has(block.id)) return APPROVED
  const {yes, confirmed, production} = consent
  return !strict && yes && (!production || confirmed) ? {why: 'flag', flag: '--yes'} : null
}

/** Fails closed: without a person and without consent given beforehand the answer is no. */
export function decideGate(block: GatedBlock, consent: Consent): GateDecision {
  const {environment, production, attended} = consent
  if (production && !attended && !consent.confirmed) return {kind: 'refuse', reason: {why: 'needsConfirm', environment}}
  const strict = isStrict(block, production)
  const how = given(block, consent, strict)
  if (how !== null) return {kind: 'open', how}
  if (attended) return {kind: 'ask', word: production ? environment : strict ? block.id : null}
  return {kind: 'refuse', reason: {why: strict ? 'needsApproval' : 'needsYes', id: block.id}}
}
