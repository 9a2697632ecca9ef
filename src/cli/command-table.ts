import type {Command} from '@oclif/core'

/**
 * Every command, loaded when it is run. The key is oclif's id (`alerts:list` is typed `faci alerts list`); a contract test
 * holds the table against the files in `src/commands`.
 */
export const COMMAND_TABLE: Readonly<Record<string, () => Promise<{default: Command.Class}>>> = {
  'alerts:lint': () => import('../commands/alerts/lint.js'),
  'alerts:list': () => import('../commands/alerts/list.js'),
  dashboard: () => import('../commands/dashboard.js'),
  'check:daily': () => import('../commands/check/daily.js'),
  'alerts:noise': () => import('../commands/alerts/noise.js'),
  'alerts:show': () => import('../commands/alerts/show.js'),
  'alerts:silence': () => import('../commands/alerts/silence.js'),
  'alerts:test': () => import('../commands/alerts/test.js'),
  'alerts:unsilence': () => import('../commands/alerts/unsilence.js'),
  doctor: () => import('../commands/doctor.js'),
  down: () => import('../commands/down.js'),
  health: () => import('../commands/health.js'),
  latency: () => import('../commands/latency.js'),
  notify: () => import('../commands/notify/index.js'),
  'notify:drop': () => import('../commands/notify/drop.js'),
  'notify:flush': () => import('../commands/notify/flush.js'),
  'notify:test': () => import('../commands/notify/test.js'),
  logs: () => import('../commands/logs.js'),
  query: () => import('../commands/query.js'),
  restart: () => import('../commands/restart.js'),
  runbook: () => import('../commands/runbook/index.js'),
  'runbook:lint': () => import('../commands/runbook/lint.js'),
  'runbook:list': () => import('../commands/runbook/list.js'),
  'runbook:resume': () => import('../commands/runbook/resume.js'),
  'runbook:runs': () => import('../commands/runbook/runs.js'),
  'runbook:show': () => import('../commands/runbook/show.js'),
  runs: () => import('../commands/runs.js'),
  scale: () => import('../commands/scale.js'),
  signals: () => import('../commands/signals.js'),
  'slo:burn': () => import('../commands/slo/burn.js'),
  'slo:report': () => import('../commands/slo/report.js'),
  'slo:rules': () => import('../commands/slo/rules.js'),
  start: () => import('../commands/start.js'),
  stats: () => import('../commands/stats.js'),
  status: () => import('../commands/status.js'),
  stop: () => import('../commands/stop.js'),
  trust: () => import('../commands/trust.js'),
  up: () => import('../commands/up.js'),
}

export const TOPICS: Readonly<Record<string, string>> = {
  alerts: 'alerts: what fires, what is silenced, and whether rules and routes do what they should',
  runbook: 'runbooks: Markdown as executable, verified, journaled steps',
  notify: 'notices to people',
  check: 'checklists, checked by machine',
  slo: 'objectives and their error budgets',
}
