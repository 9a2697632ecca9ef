import {patterns} from './patterns.js'
import type {AlertRule} from '../../src/domain/alerts/alert-rule.js'
import type {RunEvent} from '../../src/domain/journal/events.js'
import type {LintLiveDeps} from '../../src/usecases/runbook/lint-live.js'
import type {LintDeps, LintInput} from '../../src/usecases/runbook/lint-runbooks.js'
import {fakeAlertRules} from './fakes/alert-rules.js'
import {fakeClock} from './fakes/clock.js'
import {fakeCompose} from './fakes/compose.js'
import {fakeHttp} from './fakes/http.js'
import {fakeJournal} from './fakes/journal.js'
import {fakeLibrary} from './fakes/library.js'
import {fakeMetrics} from './fakes/metrics.js'
import {fakeShell} from './fakes/shell.js'

const SAMPLE = {labels: {}, at: 0, value: 1}

/** A running system in which only what is called `up` has series, and everybody answers. */
export function liveDeps(over: Partial<LintLiveDeps> = {}): LintLiveDeps {
  return {
    compose: fakeCompose(),
    metrics: fakeMetrics({'sum(up)': [SAMPLE], 'count({__name__="up"})': [SAMPLE]}),
    http: fakeHttp(() => 200),
    shell: fakeShell(),
    journal: fakeJournal<RunEvent>(),
    clock: fakeClock(),
    ...over,
  }
}

export function alertRule(name: string, over: Partial<AlertRule> = {}): AlertRule {
  return {
    name,
    file: '/srv/rules/alerts.yml',
    line: 5,
    column: 16,
    severity: 'critical',
    runbook: null,
    words: [],
    ...over,
  }
}

/** Runbooks by name; `rules` null: faci.yml says nothing of rule files. */
export function lintDeps(
  texts: Readonly<Record<string, string>>,
  {
    rules = null,
    live = null,
    used = {},
  }: {
    readonly rules?: readonly AlertRule[] | null
    readonly live?: LintLiveDeps | null
    readonly used?: Readonly<Record<string, string>>
  } = {},
): LintDeps {
  const readUsed: LintDeps['readUsed'] = (file) => {
    const text = used[file]
    return Promise.resolve(text === undefined ? null : {path: `/srv/${file}`, text, begins: 'other'})
  }
  const alertRules = rules === null ? null : fakeAlertRules(rules)
  return {library: fakeLibrary(texts), shell: fakeShell(), patterns, alertRules, readUsed, live}
}

export const LINT_INPUT: LintInput = {
  names: [],
  channels: ['slack', 'terminal'],
  setups: {},
  health: {api: 'http://localhost:8000/health'},
  directory: '/srv',
}
