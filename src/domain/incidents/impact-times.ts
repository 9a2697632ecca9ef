import type {IncidentFacts} from './incident.js'

/** Seconds since the epoch. */
interface ImpactTimes {
  readonly start: number
  readonly end: number
  readonly startedAt: number | null
  readonly detectedAt: number
}

/** From when to when an incident did harm: from its start, or while that is unknown its detection, to its end, or now. */
export function impactTimes(
  {
    startedAt,
    detectedAt,
    openedAt,
    resolvedAt,
  }: Pick<IncidentFacts, 'startedAt' | 'detectedAt' | 'openedAt' | 'resolvedAt'>,
  now: Date,
): ImpactTimes {
  const detected = Date.parse(detectedAt ?? openedAt) / 1000
  const start = startedAt === null ? detected : Date.parse(startedAt) / 1000
  const end = resolvedAt === null ? now.getTime() / 1000 : Date.parse(resolvedAt) / 1000
  return {start, end: Math.max(start + 1, end), startedAt: startedAt === null ? null : start, detectedAt: detected}
}
