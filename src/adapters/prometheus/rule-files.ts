import {isUtf8} from 'node:buffer'
import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'
import type {FileNote} from '../../domain/alerts/lint/file-problem.js'
import type {RuleFile, UnreadRules} from '../../domain/alerts/lint/rule-file.js'
import type {LoadFault} from '../../domain/alerts/lint/alert-fault.js'
import {FaciError} from '../../domain/errors.js'
import {PROMQL_VERSIONS} from '../../domain/promql/functions.js'
import {readPlainBytes, whyUnreadable} from '../../files/plain-file.js'
import {fileTrust, type Trust} from '../../files/trust.js'
import {alertsOf, openRules, type RuleSource} from '../../formats/promql/rule-source.js'
import type {AlertRules} from '../../ports/alert-rules.js'

/** A file or a folder of `prometheus.rules`. */
type Opened =
  | {readonly kind: 'rules'; readonly source: RuleSource}
  | {readonly kind: 'empty'; readonly file: string}
  | ({readonly kind: 'unread'; readonly isYaml: boolean} & UnreadRules)

const TOP = {line: 1, column: 1}

function unreadable(path: string, why: string): FaciError {
  return new FaciError('configInvalid', `prometheus.rules: ${path} ${why}`, {
    suggestions: ['name a rule file, a folder of them, or a list, in faci.yml'],
  })
}

function bytesOf(file: string, trust: Trust): Buffer {
  return readPlainBytes(file, (stats) => {
    trust.check(file, stats)
  })
}

function unread(file: string, error: unknown): Opened {
  if (error instanceof FaciError) throw error
  return {kind: 'unread', isYaml: false, file, ...TOP, why: whyUnreadable(error)}
}

function open(file: string, trust: Trust): Opened {
  try {
    const bytes = bytesOf(file, trust)
    if (!isUtf8(bytes)) return {kind: 'unread', isYaml: true, file, ...TOP, why: 'this is not UTF-8'}
    const read = openRules(file, bytes.toString('utf8'))
    if (read.ok) return {kind: 'rules', source: read.rules}
    const {line, column, message: why} = read.problem
    return {kind: 'unread', isYaml: true, file, line, column, why}
  } catch (error) {
    return unread(file, error)
  }
}

async function openAt(path: string, trust: Trust): Promise<readonly Opened[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [open(path, trust)]
    const names = (await readdir(path)).filter((name) => /\.ya?ml$/.test(name))
    if (names.length === 0) return [{kind: 'empty', file: path}]
    return names.sort().map((name) => open(join(path, name), trust))
  } catch (error) {
    return [unread(path, error)]
  }
}

function notesOf({isManifest, yaml, rules}: RuleSource): readonly FileNote[] {
  return [
    ...(rules.length === 0 ? (['nothing'] as const) : []),
    ...(isManifest ? (['manifest'] as const) : []),
    ...(yaml.hasMore ? (['documents'] as const) : []),
  ]
}

async function read(opened: Opened): Promise<RuleFile> {
  if (opened.kind === 'empty') return {file: opened.file, rules: [], refusals: [], notes: ['nothing']}
  if (opened.kind === 'unread') {
    const {file, line, column, why, isYaml} = opened
    const fault: LoadFault = isYaml ? {rule: 'yaml', said: why} : {rule: 'unread', why}
    return {file, rules: [], refusals: [{file, line, column, fault, versions: PROMQL_VERSIONS}], notes: []}
  }
  const {source} = opened
  const [{readRules}, {checkRuleFile}] = await Promise.all([
    import('../../formats/promql/read-rules.js'),
    import('../../formats/promql/rule-file-check.js'),
  ])
  return {file: source.file, rules: readRules(source), refusals: checkRuleFile(source), notes: notesOf(source)}
}

/** Rule files, and folders of them. */
export function createRuleFiles(paths: readonly string[], trust = fileTrust()): AlertRules {
  const openAll = async (): Promise<readonly Opened[]> =>
    (await Promise.all(paths.map((path) => openAt(path, trust)))).flat()
  return {
    alerts: async () => {
      const all = await openAll()
      return {
        alerts: all.flatMap((one) => (one.kind === 'rules' ? alertsOf(one.source) : [])),
        unread: all
          .filter((one) => one.kind === 'unread')
          .map(({file, line, column, why}) => ({file, line, column, why})),
      }
    },
    rules: async () => {
      const all = await openAll()
      const [first] = all
      if (first?.kind === 'unread' && all.every((one) => one.kind === 'unread' && !one.isYaml))
        throw unreadable(first.file, `cannot be read (${first.why})`)
      return await Promise.all(all.map(read))
    },
  }
}
