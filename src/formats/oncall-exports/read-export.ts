import {FaciError} from '../../domain/errors.js'
import type {SourceRota, Tool} from '../../domain/oncall/import/source-rota.js'
import {closest, orMeant} from '../../domain/text/did-you-mean.js'
import {command} from '../../domain/text/shell-command.js'
import {readGrafana} from './grafana.js'
import {readOpsgenie} from './opsgenie.js'
import {readPagerDuty} from './pagerduty.js'
import {type ExportRecord, recordName, type Records, recordsIn, toolsIn, withoutTwins} from './records.js'

export interface ExportRequest {
  /** The name of the file, for what to type next. */
  readonly file: string
  readonly text: string
  /** Null: found out. */
  readonly tool: Tool | null
  /** The name of one; null where there is only one. */
  readonly schedule: string | null
  /** Epoch ms. */
  readonly now: number
}

const WHAT_TO_EXPORT = [
  'PagerDuty: GET /schedules/ID?include[]=users, its /overrides, and /escalation_policies',
  'Opsgenie: GET /v2/schedules?expand=rotation, and /v2/schedules/ID/overrides',
  'Grafana OnCall: GET /api/v1/schedules, /api/v1/on_call_shifts and /api/v1/users',
  'put several answers into one file by jq -s . FILE FILE > export.json',
]

function parsed({file, text}: ExportRequest): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new FaciError('usage', `${file} is not JSON, or not all of it`, {
      suggestions: ['ask the API again, and import its answer as it came'],
    })
  }
}

function toolOf({file, tool}: ExportRequest, records: Records): Tool {
  const tools = toolsIn(records)
  const [found] = tools
  if (tool !== null && tools.includes(tool)) return tool
  if (found === undefined) {
    throw new FaciError('usage', `${file} holds no schedule of PagerDuty, Opsgenie or Grafana OnCall`, {
      suggestions: WHAT_TO_EXPORT,
    })
  }
  const suggestions = tools.map((one) => command`faci oncall import ${file} --from ${one}`)
  if (tool !== null) {
    throw new FaciError('usage', `${file} holds nothing of ${tool}: it looks like an export of ${found}`, {suggestions})
  }
  if (tools.length === 1) return found
  throw new FaciError('usage', `${file} holds schedules of ${tools.join(' and ')}: say which`, {suggestions})
}

interface Reader {
  readonly schedules: (records: Records) => readonly (ExportRecord | null)[]
  readonly read: (record: ExportRecord | null, records: Records, now: number) => SourceRota
  /** What the file has too little of, where it names schedules only. */
  readonly wanting: string
}

const READERS: Readonly<Record<Tool, Reader>> = {
  pagerduty: {
    schedules: (records) => records['pagerduty schedule'],
    read: (record, records, now) => readPagerDuty(record ?? {}, records, now),
    wanting: 'a list of schedules has no layers: export each by GET /schedules/ID?include[]=users',
  },
  opsgenie: {
    schedules: (records) => records['opsgenie schedule'],
    read: (record, records, now) => readOpsgenie(record ?? {}, records, now),
    wanting: 'ask for the rotations as well: GET /v2/schedules?expand=rotation',
  },
  grafana: {
    schedules: (records) => (records['grafana schedule'].length === 0 ? [null] : records['grafana schedule']),
    read: readGrafana,
    wanting: 'ask for the shifts as well: GET /api/v1/on_call_shifts',
  },
}

function nameOf(record: ExportRecord | null): string {
  return record === null ? 'on-call shifts' : recordName(record)
}

function isCalled(record: ExportRecord | null, text: string): boolean {
  return record?.['id'] === text
}

/** What of the schedules the text means: an id before a name, as names may be given twice. */
function meant(text: string, all: readonly (ExportRecord | null)[]): readonly (ExportRecord | null)[] {
  const byId = all.filter((one) => isCalled(one, text))
  return byId.length > 0 ? byId : all.filter((one) => nameOf(one) === text)
}

/** What means this one alone, its name if that does. Null: nothing, as the file has it twice. */
function handle(record: ExportRecord | null, all: readonly (ExportRecord | null)[]): string | null {
  const id = record?.['id']
  const ways = [nameOf(record), ...(typeof id === 'string' ? [id] : [])]
  return ways.find((way) => meant(way, all).length === 1 && meant(way, all)[0] === record) ?? null
}

function waysTo(file: string, some: readonly (ExportRecord | null)[], all: readonly (ExportRecord | null)[]) {
  const ways = some.map((one) => ({name: nameOf(one), way: handle(one, all)}))
  const commands = ways.flatMap(({way}) =>
    way === null ? [] : [command`faci oncall import ${file} --schedule ${way}`],
  )
  const twice = [...new Set(ways.flatMap(({name, way}) => (way === null ? [name] : [])))]
  const told = twice.map((name) => `${name} is in the file more than once, and not the same: leave one of them in it`)
  return [...commands.slice(0, 20), ...told.slice(0, 5)]
}

/** Throws `usage` where the file has several and none is chosen, or not the one that is. */
function chosen({file, schedule}: ExportRequest, all: readonly (ExportRecord | null)[]): ExportRecord | null {
  if (schedule === null) {
    if (all.length === 1) return all[0] ?? null
    throw new FaciError(
      'usage',
      `${file} holds ${String(all.length)} schedules, and a rota is one of them: say which`,
      {suggestions: waysTo(file, all, all)},
    )
  }
  const met = meant(schedule, all)
  if (met.length === 1) return met[0] ?? null
  const which = met.length === 0 ? 'no schedule' : `${String(met.length)} schedules`
  const near = met.length === 0 ? orMeant(closest(schedule, all.map(nameOf))) : ''
  throw new FaciError('usage', `${file} has ${which} ${schedule}${near}`, {
    suggestions: waysTo(file, met.length === 0 ? all : met, all),
  })
}

/** A schedule out of what the APIs of three tools answer with. Throws `usage`, with what to do instead. */
export function readExport(request: ExportRequest): SourceRota {
  const records = withoutTwins(recordsIn(parsed(request)))
  const tool = toolOf(request, records)
  const {schedules, read, wanting} = READERS[tool]
  const all = schedules(records)
  if (all.length === 0) {
    throw new FaciError('usage', `${request.file} says nothing of who is on call when`, {suggestions: [wanting]})
  }
  return read(chosen(request, all), records, request.now)
}
