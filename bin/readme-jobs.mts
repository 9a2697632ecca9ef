// The commands of README.md by the job that they do. Every command stands in exactly one row, several in one where they are a list; a forgotten one fails.
import type {CommandManifest} from '../src/cli/frame/main.js'

const JOBS: Readonly<Record<string, readonly (string | readonly string[])[]>> = {
  'See what is wrong': ['status', 'doctor', 'health', 'logs', 'stats', 'query'],
  'Measure the service': ['signals', 'latency', 'dashboard', 'slo:report', 'slo:burn', 'slo:rules'],
  'Follow alerts': [
    'alerts:list',
    'alerts:show',
    'alerts:silence',
    'alerts:unsilence',
    'alerts:noise',
    'alerts:lint',
    'alerts:test',
  ],
  'Resolve an incident': [
    'runbook',
    'runbook:list',
    'runbook:show',
    'runbook:lint',
    'runbook:resume',
    'runbook:runs',
    'runs',
  ],
  'Change services': ['up', 'down', 'start', 'stop', 'restart', 'scale'],
  'Keep the record of an incident': [
    ...['incident:open', 'incident:ack', 'incident:note', 'incident:update', 'incident:mitigate', 'incident:resolve'],
    ['incident:reopen', 'incident:merge'],
    ['incident:list', 'incident:show', 'incident:timeline'],
    ...['incident:actions', 'incident:handover', 'incident:postmortem'],
  ],
  'Know who is on call': [
    'oncall',
    ['oncall:schedule', 'oncall:check'],
    ['oncall:take', 'oncall:swap', 'oncall:undo'],
    ['oncall:diff', 'oncall:import'],
    ['oncall:escalate', 'oncall:test'],
  ],
  'Tell people': ['check:daily', 'notify', ['notify:test', 'notify:flush', 'notify:drop']],
  'Set up and make room': [['trust', 'prune']],
}

function usage(id: string, args: CommandManifest[string]['args']): string {
  const words = Object.values(args).map(({name, required}) => {
    const word = name.toUpperCase()
    return required === true ? word : `[${word}]`
  })
  return ['faci', ...id.split(':'), ...words].join(' ')
}

/** A Markdown table of all commands, with a link from each to its reference. Throws for one without a job or with two. */
export function commandsByJob(commands: CommandManifest, reference: string): string {
  const listed = Object.values(JOBS).flat(2)
  const wrong = [...Object.keys(commands), ...listed].filter(
    (id) => listed.filter((other) => other === id).length !== 1 || commands[id] === undefined,
  )
  if (wrong.length > 0) throw new Error(`bin/readme-jobs.mts: one job each, please: ${[...new Set(wrong)].join(', ')}`)
  const link = (id: string): string => {
    const words = usage(id, commands[id]?.args ?? {})
    const anchor = words
      .toLowerCase()
      .replaceAll(/[^a-z -]/gu, '')
      .replaceAll(' ', '-')
    return `[\`${words}\`](${reference}#${anchor})`
  }
  const rows = Object.entries(JOBS).flatMap(([job, lines]) =>
    lines.map((line, index) => {
      const ids = [line].flat()
      const does = ids.map((id) => commands[id]?.summary ?? '')
      return `| ${index === 0 ? `**${job}**` : ''} | ${ids.map(link).join(', ')} | ${does.join('; ')} |`
    }),
  )
  return ['| job | command | what it does |', '| --- | --- | --- |', ...rows].join('\n')
}
