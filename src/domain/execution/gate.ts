import type {MitigateBlock} from '../runbook/runbook.js'

/** What was given beforehand, and whether a person can be asked. */
export interface Consent {
  readonly environment: string
  readonly attended: boolean
  /** `--yes`. */
  readonly yes: boolean
  /** `--approve ID@HASH`, checked against the blocks. */
  readonly approved: ReadonlySet<string>
  /** `--confirm ENVIRONMENT` named this one. */
  readonly confirmed: boolean
}

export type GateDecision =
  | {readonly kind: 'open'; readonly how: string}
  /** `typed`: only the environment's name, typed out, is a yes. */
  | {readonly kind: 'ask'; readonly typed: boolean}
  | {readonly kind: 'refuse'; readonly why: string}

export const PRODUCTION = 'production'

/** How a gate was answered that a person was asked at. */
export const TYPED = 'typed'

/** Only a typed answer or `--approve` opens it. */
export function isStrict({confirm}: MitigateBlock, environment: string): boolean {
  return confirm === 'always' || (confirm === 'production' && environment === PRODUCTION)
}

function isUngated({confirm}: MitigateBlock, environment: string): boolean {
  return confirm === 'never' || (confirm === 'production' && environment !== PRODUCTION)
}

function given(block: MitigateBlock, consent: Consent, strict: boolean): string | null {
  if (isUngated(block, consent.environment)) return `confirm=${block.confirm}`
  if (consent.approved.has(block.id)) return '--approve'
  return !strict && consent.yes ? '--yes' : null
}

/** Fails closed: without a person and without consent given beforehand the answer is no. */
export function decideGate(block: MitigateBlock, consent: Consent): GateDecision {
  const {environment, attended} = consent
  const production = environment === PRODUCTION
  if (production && !attended && !consent.confirmed)
    return {kind: 'refuse', why: `production without a terminal needs --confirm ${PRODUCTION}`}
  const strict = isStrict(block, environment)
  const how = given(block, consent, strict)
  if (how !== null) return {kind: 'open', how}
  if (attended) return {kind: 'ask', typed: strict && production}
  return {kind: 'refuse', why: strict ? `\`${block.id}\` needs --approve` : `\`${block.id}\` needs --yes or --approve`}
}
