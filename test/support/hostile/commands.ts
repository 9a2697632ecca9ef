import type {Command} from '@oclif/core'
import {COMMAND_TABLE} from '../../../src/cli/frame/command-table.js'
import {hostileExportFile} from './rota-exports.js'
import {evil} from './texts.js'
import {RUN_ID} from './world.js'

/** What comes out of a command line, for whom. */
export type Kind = 'text' | 'md' | 'html' | 'csv' | 'xml' | 'ics' | 'json' | 'ndjson' | 'raw'

export interface Line {
  readonly id: string
  /** A hostile text is typed. */
  readonly isTyped: boolean
  readonly argv: readonly string[]
  readonly kind: Kind
}

const typed = evil('argv').replaceAll('\0', '')
const CHANGE = ['--yes', '--wait', '1s']

/** How each command is typed to say as much as it can. A new one belongs here, typed so that it shows what its ports give. */
const ARGUMENTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'alerts:lint': [[], ['--live']],
  'alerts:list': [['--all'], ['--silences']],
  'alerts:noise': [[]],
  'alerts:show': [[evil('Alert.name').replaceAll('\0', '')], [typed]],
  'alerts:silence': [
    ['X', '--for', '1h', '--comment', typed, '--dry-run'],
    [typed, '--for', '1h', '--comment', typed, '--yes'],
  ],
  'alerts:test': [['--dry-run']],
  'alerts:unsilence': [
    [typed, '--dry-run'],
    [typed, '--yes'],
  ],
  'check:daily': [[]],
  'incident:ack': [['INC-1'], [typed]],
  'incident:actions': [[], ['INC-1'], ['INC-1', '--add', typed]],
  'incident:handover': [[]],
  'incident:list': [[]],
  'incident:merge': [[typed, 'INC-1']],
  'incident:mitigate': [['INC-1', '--message', typed, '--quiet']],
  'incident:note': [
    [typed, '--incident', 'INC-1'],
    [typed, '--incident', typed],
  ],
  'incident:open': [['--title', typed, '--service', typed, '--alert', typed, '--message', typed]],
  'incident:postmortem': [['INC-1'], ['INC-2'], ['INC-2', '--redact'], [typed]],
  'incident:reopen': [['INC-1', '--message', typed]],
  'incident:resolve': [['INC-1', '--message', typed]],
  'incident:show': [['INC-1'], [typed]],
  'incident:timeline': [['INC-1']],
  'incident:update': [['INC-1', '--message', typed, '--owner', typed, '--impact', typed]],
  'notify:drop': [[typed]],
  'notify:flush': [['--now']],
  'notify:test': [[]],
  oncall: [[], ['--at', '2026-01-05']],
  'oncall:escalate': [['--dry-run'], []],
  'oncall:test': [
    ['--wait', '1s'],
    ['--ack', typed],
  ],
  'oncall:diff': [['faci.yml'], [typed]],
  'oncall:import': [
    [hostileExportFile('pagerduty')],
    [hostileExportFile('opsgenie')],
    [hostileExportFile('grafana')],
    [typed],
  ],
  'oncall:swap': [
    [typed, typed],
    ['--dry-run', 'Bia', typed],
  ],
  'oncall:take': [
    ['--for', '2h', '--person', typed],
    ['--for', '2h', '--dry-run'],
  ],
  'oncall:undo': [['--dry-run'], [typed]],
  'oncall:check': [[]],
  'oncall:schedule': [
    ['--from', '2026-01-05'],
    ['--person', typed],
  ],
  'runbook:lint': [[], [typed]],
  'runbook:list': [[]],
  'runbook:resume': [['--dry-run'], [typed]],
  'runbook:runs': [[], [RUN_ID]],
  'runbook:show': [['evil'], [typed]],
  'slo:burn': [[], [typed]],
  'slo:report': [[], [typed]],
  'slo:rules': [[]],
  dashboard: [[], ['overview']],
  doctor: [[]],
  down: [['--dry-run'], CHANGE],
  health: [[]],
  latency: [['--by', 'evil'], []],
  logs: [[], ['--errors'], ['--since', typed]],
  notify: [
    ['--title', typed, '--message', typed, '--preview'],
    ['--title', typed, '--message', typed],
  ],
  prune: [['--dry-run'], ['--older-than', '1d', '--yes']],
  query: [['up'], ['up', '--range', '1h'], [typed]],
  restart: [['api', ...CHANGE], [typed]],
  runbook: [['evil', '--dry-run'], ['evil', '--yes'], [typed]],
  runs: [['--limit', 'all'], [RUN_ID], [typed]],
  scale: [['api=2', '--dry-run'], [`${typed}=2`]],
  signals: [[], ['--business']],
  start: [['api', '--dry-run'], [typed]],
  stats: [[], [typed]],
  status: [[], [typed]],
  stop: [['api', '--dry-run'], [typed]],
  trust: [[typed]],
  up: [['--dry-run'], CHANGE],
}

/** What an output needs besides. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'dashboard ndjson': ['--watch'],
  'stats ndjson': ['--watch'],
  'status ndjson': ['--watch'],
  'logs ndjson': ['--follow'],
}

const KINDS: Readonly<Record<string, Kind>> = {
  text: 'text',
  pretty: 'text',
  table: 'text',
  github: 'text',
  raw: 'raw',
  json: 'json',
  ndjson: 'ndjson',
  md: 'md',
  html: 'html',
  csv: 'csv',
  junit: 'xml',
  ics: 'ics',
}

interface OptionFlag {
  readonly options?: readonly string[]
}

function outputsOf(id: string, command: Command.Class): readonly (readonly string[])[] {
  const {output} = {...command.flags} as Readonly<Record<string, OptionFlag | undefined>>
  return (output?.options ?? []).map((name) => ['--output', name, ...(NEEDED[`${id} ${name}`] ?? [])])
}

function kindOf(argv: readonly string[]): Kind {
  const name = argv[argv.indexOf('--output') + 1] ?? ''
  // Of a search, one document for each entry.
  if (argv[0] === 'logs' && name === 'json') return 'ndjson'
  const kind = argv.includes('--json') ? 'json' : argv.includes('--output') ? KINDS[name] : 'text'
  if (kind === undefined)
    throw new Error(
      `--output ${name} is new: say in commands.ts what language it is, and in harmless.ts what must not be alive in it`,
    )
  return kind
}

/** Every command, as it is typed here, by each of its outputs. */
export async function hostileLines(): Promise<readonly Line[]> {
  const unlisted = Object.keys(COMMAND_TABLE).filter((id) => ARGUMENTS[id] === undefined)
  if (unlisted.length > 0)
    throw new Error(
      `new commands: ${unlisted.join(', ')}. Type them in test/support/hostile/commands.ts so that they show what others wrote`,
    )
  const lines = await Promise.all(
    Object.entries(COMMAND_TABLE).map(async ([id, load]) => {
      const {default: command} = await load()
      const outputs = [[], ['--json'], ...outputsOf(id, command)]
      return (ARGUMENTS[id] ?? []).flatMap((words) => {
        const isTyped = words.some((word) => word.includes(typed))
        // A word that is typed comes out in an error: the same in every output.
        return outputs.slice(0, isTyped ? 1 : undefined).map((way) => {
          const argv = [...id.split(':'), ...words, ...way]
          return {id, isTyped, argv, kind: kindOf(argv)}
        })
      })
    }),
  )
  return lines.flat()
}
