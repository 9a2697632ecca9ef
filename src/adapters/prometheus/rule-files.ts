import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap} from 'yaml'
import type {AlertRule} from '../../domain/alerts/alert-rule.js'
import {FaciError} from '../../domain/errors.js'
import {readPlainText, whyUnreadable} from '../../files/plain-file.js'
import {fileTrust, type Trust} from '../../files/trust.js'
import type {AlertRules} from '../../ports/alert-rules.js'
import type {RuleSource} from './read-rules.js'

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

function textAt(map: YAMLMap, key: string): string | null {
  const value = map.get(key)
  return typeof value === 'string' ? value : null
}

function textIn(map: YAMLMap, section: string, key: string): string | null {
  const value = map.get(section)
  return isMap(value) ? textAt(value, key) : null
}

function keysIn(map: YAMLMap, section: string): readonly string[] {
  const value = map.get(section)
  return isMap(value) ? value.items.flatMap(({key}) => (isScalar(key) ? [String(key.value)] : [])) : []
}

function itemsAt(node: unknown, key: string): readonly YAMLMap[] {
  const items = isMap(node) ? node.get(key) : null
  return isSeq(items) ? items.items.filter((item) => isMap(item)) : []
}

function alertIn(rule: YAMLMap, file: string, lines: LineCounter): AlertRule | null {
  const name = textAt(rule, 'alert')
  if (name === null) return null
  const node = rule.get('alert', true) as Node | undefined
  const {line, col} = lines.linePos(isScalar(node) ? (node.range?.[0] ?? 0) : 0)
  const severity = textIn(rule, 'labels', 'severity')
  const words = ['labels', 'annotations'].flatMap((section) => keysIn(rule, section))
  return {name, file, line, column: col, severity, runbook: textIn(rule, 'annotations', 'runbook'), words}
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
  const lines = new LineCounter()
  const text = textOf(file, trust)
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false})
  const [broken] = document.errors
  if (broken !== undefined) {
    const {line, col} = lines.linePos(broken.pos[0])
    throw unreadable(`${file}:${String(line)}:${String(col)}`, `is no YAML: ${broken.message}`)
  }
  const rules = itemsAt(document.contents, 'groups').flatMap((group) => itemsAt(group, 'rules'))
  return {file, text, lines, rules}
}

function alertsOf({file, lines, rules}: RuleSource): readonly AlertRule[] {
  return rules.map((rule) => alertIn(rule, file, lines)).filter((alert) => alert !== null)
}

/** Rule files, and folders of them. */
export function createRuleFiles(paths: readonly string[], trust = fileTrust()): AlertRules {
  const openAll = async (): Promise<readonly RuleSource[]> => {
    const files = (await Promise.all(paths.map(filesAt))).flat()
    return files.map((file) => open(file, trust))
  }
  return {
    read: async () => (await openAll()).flatMap(alertsOf),
    define: async () => {
      const [sources, {readRules}] = await Promise.all([openAll(), import('./read-rules.js')])
      return sources.flatMap(readRules)
    },
  }
}
