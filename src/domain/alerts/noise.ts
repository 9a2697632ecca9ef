import {compareText} from '../text/compare-text.js'
import type {IsoTime} from '../time/iso-time.js'

/**
 * What makes an alert one to tune. `flapping`: it comes and goes. `constant`: it fires most of the time. `frequent`: it fires more than
 * once a day. `noRunbook`: it has fired, and nobody is told what to do.
 */
export type NoiseAdvice = 'flapping' | 'constant' | 'frequent' | 'noRunbook'

/** How an alert fired in the window. */
export interface NoiseCounts {
  readonly name: string
  readonly firings: number
  readonly flaps: number
  readonly firingSeconds: number
}

export interface NoisyAlert extends NoiseCounts {
  readonly severity: string | null
  readonly runbook: string | null
  /** Of the window, for all instances together at most 1. */
  readonly firingRatio: number
  readonly advice: NoiseAdvice | null
}

/** What Alertmanager sent over one integration. */
export interface IntegrationCount {
  readonly integration: string
  readonly sent: number
  readonly failed: number
}

export interface NoiseReport {
  readonly at: IsoTime
  readonly windowSeconds: number
  /** Of the window, how much Prometheus has. */
  readonly coveredSeconds: number
  /** Those that fired, the noisiest first. */
  readonly alerts: readonly NoisyAlert[]
  /** Those that did not. */
  readonly quiet: readonly string[]
  /** null when Prometheus does not scrape Alertmanager. */
  readonly notifications: readonly IntegrationCount[] | null
}

/** Less of the window than this is said. */
const WHOLE = 0.98

/** Whether Prometheus has almost all of the window. */
export function isCovered({
  windowSeconds,
  coveredSeconds,
}: Pick<NoiseReport, 'windowSeconds' | 'coveredSeconds'>): boolean {
  return coveredSeconds >= windowSeconds * WHOLE
}

const DAY = 86_400
const RESTLESS_FLAPS = 2
const CONSTANT_RATIO = 0.5

function isFlapping({flaps, firings}: NoiseCounts): boolean {
  return flaps >= RESTLESS_FLAPS && flaps * 2 >= firings
}

/** The most useful thing to say; null for an alert that is as it should be. */
export function adviseOn(counts: NoiseCounts, runbook: string | null, coveredSeconds: number): NoiseAdvice | null {
  const {firings, firingSeconds} = counts
  if (isFlapping(counts)) return 'flapping'
  if (firingSeconds > coveredSeconds * CONSTANT_RATIO) return 'constant'
  if (firings > 1 && firings > coveredSeconds / DAY) return 'frequent'
  return runbook === null && (firings > 0 || firingSeconds > 0) ? 'noRunbook' : null
}

function loudness(one: NoiseCounts, other: NoiseCounts): number {
  return (
    other.firings - one.firings ||
    other.flaps - one.flaps ||
    other.firingSeconds - one.firingSeconds ||
    compareText(one.name, other.name)
  )
}

/** Those that fired, with what to do about them, the noisiest first. */
export function rankNoise(
  counts: readonly NoiseCounts[],
  rules: readonly {
    readonly name: string
    readonly severity: string | null
    readonly runbook: string | null
    readonly runbookUrl: string | null
  }[],
  coveredSeconds: number,
): readonly NoisyAlert[] {
  const fired = counts.filter(({firings, firingSeconds}) => firings > 0 || firingSeconds > 0)
  return fired.sort(loudness).map((one) => {
    const rule = rules.find(({name}) => name === one.name)
    const {severity = null, runbook = null, runbookUrl = null} = rule ?? {}
    const firingRatio = coveredSeconds === 0 ? 0 : Math.min(1, one.firingSeconds / coveredSeconds)
    return {...one, severity, runbook, firingRatio, advice: adviseOn(one, runbook ?? runbookUrl, coveredSeconds)}
  })
}
