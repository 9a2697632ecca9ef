import {readExport} from '../../../src/formats/oncall-exports/read-export.js'
import type {OncallImportDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {endedText, importFindingText, nothingText} from '../../../src/render/words/en/oncall-import.js'
import {importRota} from '../../../src/usecases/oncall/import-rota.js'
import {grafana, opsgenie, PAGERDUTY_LAYERS, PAGERDUTY_POLICY, pagerDuty} from '../oncall-exports/exports.js'
import {NOW} from './stack.js'

const WORDS = {findingText: importFindingText, endedText, nothingText}
const who = {id: 'PUSER01', summary: 'Ana Prado'}

export function oncallImportDocuments(): Promise<readonly OncallImportDocument[]> {
  const now = NOW.getTime()
  const overrides = [
    {start: '2026-11-01T00:00:00Z', end: '2026-11-02T00:00:00Z', user: who},
    {start: '2026-12-24T20:00:00Z', end: '2026-12-25T08:00:00Z', user: who},
    {start: '2026-12-31T20:00:00Z', end: '2027-01-01T08:00:00Z', user: null},
  ]
  const team = {
    name: 'Team',
    startDate: '2026-01-05T18:00:00Z',
    type: 'weekly',
    participants: [{type: 'team', name: 'Core'}],
  }
  const {nights, base} = PAGERDUTY_LAYERS
  const lunch = {type: 'daily_restriction', start_time_of_day: '12:00:00', duration_seconds: 5400}
  const odd = {...nights, end: '2027-06-30T12:00:00Z', rotation_turn_length_seconds: 43_200}
  const layers = [
    {...base, name: 'Quarters', rotation_turn_length_seconds: 900},
    {...odd, restrictions: [...nights.restrictions, lunch]},
    base,
  ]
  const exports = [
    [pagerDuty({overrides}), PAGERDUTY_POLICY],
    pagerDuty({schedule_layers: layers}),
    opsgenie(),
    opsgenie({rotations: [team]}),
    opsgenie({rotations: []}),
    grafana(),
  ]
  return Promise.resolve(
    exports.map((value) => {
      const request = {file: 'export.json', text: JSON.stringify(value), tool: null, schedule: null, now}
      return envelope('oncall-import', importRota(WORDS, {source: readExport(request), now}), NOW)
    }),
  )
}
