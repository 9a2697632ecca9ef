import type {Command} from '@oclif/core'

/**
 * Every command, loaded when it is run. The key is oclif's id (`alerts:list` is typed `faci alerts list`); a contract test
 * holds the table against the files in `src/commands`.
 */
export const COMMAND_TABLE: Readonly<Record<string, () => Promise<{default: Command.Class}>>> = {
  'alerts:list': () => import('../commands/alerts/list.js'),
  health: () => import('../commands/health.js'),
  latency: () => import('../commands/latency.js'),
  query: () => import('../commands/query.js'),
  status: () => import('../commands/status.js'),
}

export const TOPICS: Readonly<Record<string, string>> = {
  alerts: 'alerts: what fires',
  runbook: 'runbooks: Markdown as executable, verified, journaled steps',
  notify: 'notices to people',
}
