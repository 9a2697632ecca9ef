import type {IncidentChanges} from '../../domain/incidents/incident-event.js'

/** What is said of each fact that was changed. */
export type ChangedFactWords = {
  readonly [K in keyof IncidentChanges]-?: (value: NonNullable<IncidentChanges[K]>) => string
}

/** `Severity is now P0; Owner: bia`. */
export function changedFacts(changes: IncidentChanges, words: ChangedFactWords): string {
  const said: Readonly<Record<string, ((value: never) => string) | undefined>> = words
  return Object.entries(changes)
    .flatMap(([name, value]) => said[name]?.(value as never) ?? [])
    .join('; ')
}
