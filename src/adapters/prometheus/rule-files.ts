import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {readPlainText, whyUnreadable} from '../../files/plain-file.js'
import {fileTrust, type Trust} from '../../files/trust.js'
import {alertsOf, openRules, type RuleSource} from '../../formats/promql/rule-source.js'
import type {AlertRules} from '../../ports/alert-rules.js'

function unreadable(path: string, why: string, cause?: unknown): FaciError {
  return new FaciError('configInvalid', `prometheus.rules: ${path} ${why}`, {
    suggestions: ['name a rule file, a folder of them, or a list, in faci.yml'],
    cause,
  })
}

async function filesAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const names = (await readdir(path)).filter((name) => /\.ya?ml$/.test(name))
    return names.sort().map((name) => join(path, name))
  } catch (error) {
    throw unreadable(path, `cannot be read (${whyUnreadable(error)})`, error)
  }
}

function textOf(file: string, trust: Trust): string {
  try {
    return readPlainText(file, (stats) => {
      trust.check(file, stats)
    })
  } catch (error) {
    if (error instanceof FaciError) throw error
    throw unreadable(file, `cannot be read (${whyUnreadable(error)})`, error)
  }
}

function open(file: string, trust: Trust): RuleSource {
  const source = openRules(file, textOf(file, trust))
  if (source.ok) return source.rules
  const {line, column, message} = source.problem
  throw unreadable(`${file}:${String(line)}:${String(column)}`, `is no YAML: ${message}`)
}

/** Rule files, and folders of them. */
export function createRuleFiles(paths: readonly string[], trust = fileTrust()): AlertRules {
  const openAll = async (): Promise<readonly RuleSource[]> => {
    const files = (await Promise.all(paths.map(filesAt))).flat()
    return files.map((file) => open(file, trust))
  }
  return {
    alerts: async () => (await openAll()).flatMap(alertsOf),
    rules: async () => {
      const [sources, {readRules}] = await Promise.all([openAll(), import('../../formats/promql/read-rules.js')])
      return sources.flatMap(readRules)
    },
  }
}
