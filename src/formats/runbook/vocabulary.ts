import type {BlockRole} from '../../domain/runbook/block-languages.js'

/** The words of the format: what each role may carry. */
export const ATTRIBUTES: Readonly<Record<BlockRole, readonly string[]>> = {
  diagnose: ['id', 'timeout', 'retries', 'backoff', 'capture', 'outputs', 'expect'],
  mitigate: ['id', 'timeout', 'retries', 'backoff', 'confirm', 'capture', 'outputs', 'expect', 'on_failure'],
  verify: ['id', 'timeout', 'capture', 'outputs', 'expect', 'within', 'hold', 'every'],
  rollback: ['id', 'of', 'timeout', 'retries', 'backoff', 'outputs', 'expect'],
  notify: ['id', 'to', 'when'],
}

export const ROLES = Object.keys(ATTRIBUTES) as readonly BlockRole[]
export const ALL_ATTRIBUTES: readonly string[] = [...new Set(Object.values(ATTRIBUTES).flat())]

/** `faci runbook list` lists; a runbook of that name could not be run. */
export const TAKEN_NAMES: readonly string[] = ['list', 'show', 'lint', 'runs', 'resume']

/** What is meant where nothing is written; seconds. */
export const DEFAULTS = {
  runTimeout: 900,
  within: 60,
  hold: 0,
  every: 1,
  backoff: 1,
  timeout: {diagnose: 60, mitigate: 300, verify: 30, rollback: 300},
} as const
