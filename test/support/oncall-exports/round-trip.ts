import {expect} from 'vitest'
import {toRota} from '../../../src/config/oncall.js'
import {oncallSchema} from '../../../src/config/oncall-schema.js'
import {readDocument} from '../../../src/config/read-document.js'
import type {ImportReport} from '../../../src/domain/oncall/import/import-report.js'
import type {Tool} from '../../../src/domain/oncall/import/source-rota.js'
import {openRota} from '../../../src/domain/oncall/open-rota.js'
import type {Rota} from '../../../src/domain/oncall/rota.js'
import {onCallAt, shiftsBetween} from '../../../src/domain/oncall/shifts.js'
import {readExport} from '../../../src/formats/oncall-exports/read-export.js'
import {importedRotaText} from '../../../src/render/yaml/imported-rota.js'
import {endedText, importFindingText, nothingText} from '../../../src/render/words/en/oncall-import.js'
import {importRota} from '../../../src/usecases/oncall/import-rota.js'
import type {Model} from './models.js'

const NOW = Date.parse('2026-11-30T12:00:00Z')
export const TWO_YEARS = {from: NOW, to: NOW + 731 * 86_400_000} as const
const WORDS = {findingText: importFindingText, endedText, nothingText}

export interface RoundTrip {
  readonly report: ImportReport
  readonly verdict: string
  readonly yaml: string
  /** As faci reads the file that was written. */
  readonly rota: Rota | null
}

export async function roundTrip(
  value: unknown,
  tool: Tool | null = null,
  schedule: string | null = null,
): Promise<RoundTrip> {
  const source = readExport({file: 'export.json', text: JSON.stringify(value), tool, schedule, now: NOW})
  const result = importRota(WORDS, {source, now: NOW})
  const yaml = importedRotaText(result)
  const report = result.data
  if (report.rota === null) return {report, verdict: result.verdict, yaml, rota: null}
  const environment = {environment: {}, variables: {}}
  const {data} = await readDocument({file: 'oncall.yml', text: yaml, schema: oncallSchema}, environment)
  return {report, verdict: result.verdict, yaml, rota: openRota(toRota(data, 'UTC'))}
}

/** What it tells, but for that an export is without escalation, which most of them are. */
export function told({findings}: ImportReport): ImportReport['findings'] {
  return findings.filter(({kind}) => kind !== 'noEscalation')
}

/** Who is on call by the tool's own words, and by the rota, where they are not the same; at every boundary of both, a second before and after. */
export function differences(
  rota: Rota,
  model: Model,
  nameOf: (id: string) => string,
  isSame: (people: ReadonlySet<string>, person: string | null) => boolean,
): readonly string[] {
  const shifts = shiftsBetween(rota, {start: TWO_YEARS.from, end: TWO_YEARS.to})
  const boundaries = [...model.edges, ...shifts.flatMap(({start, end}) => [start, end])]
  const instants = boundaries.flatMap((at) => [at - 1000, at, at + 1000])
  const inside = [...new Set(instants)].filter((at) => at >= TWO_YEARS.from && at < TWO_YEARS.to).sort((a, b) => a - b)
  let next = 0
  return inside.flatMap((at) => {
    while (next < shifts.length && (shifts[next]?.end ?? 0) <= at) next += 1
    const shift = shifts[next]
    const person = shift !== undefined && shift.start <= at ? shift.person : null
    const people = new Set([...model.at(at)].map(nameOf))
    return isSame(people, person)
      ? []
      : [`${new Date(at).toISOString()}: ${[...people].join('+')} is ${String(person)}`]
  })
}

export function isExactly(people: ReadonlySet<string>, person: string | null): boolean {
  return person === null ? people.size === 0 : people.size === 1 && people.has(person)
}

export function isOneOf(people: ReadonlySet<string>, person: string | null): boolean {
  return person === null || people.has(person)
}

/** `oncall --at`, for single moments. */
export function personAt(rota: Rota | null, at: string): string | null {
  expect(rota).not.toBeNull()
  return rota === null ? null : (onCallAt(rota, Date.parse(at))?.person ?? null)
}
