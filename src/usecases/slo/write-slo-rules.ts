import type {Result} from '../../domain/result.js'
import type {Objective} from '../../domain/slo/objective.js'
import {type RuleFiles, type SloRules, sloRuleSet} from '../../domain/slo/slo-rule-set.js'
import type {RuleOptions} from '../../domain/slo/slo-rules.js'
import type {ExportFiles} from '../../ports/export-file.js'
import {type ExpressionDeps, withExpressions} from '../patterns/with-expressions.js'

const RULE_FILE = 'slo.rules.yml'
const TEST_FILE = 'slo.rules.test.yml'

export interface SloRulesInput extends RuleOptions {
  readonly objectives: readonly Objective[]
  /** Where the two files go; null: they are only shown. */
  readonly directory: string | null
}

export interface SloRulesDeps extends ExpressionDeps {
  readonly exports: ExportFiles
  /** The files' texts, YAML. */
  readonly rulesText: (rules: SloRules) => string
  readonly testsText: (rules: SloRules) => string
  readonly noteText: (note: SloRules['notes'][number]) => string
}

async function write({exports}: SloRulesDeps, path: string, text: string): Promise<void> {
  const file = await exports.open(path)
  try {
    await file.write(text)
    await file.commit()
  } catch (error) {
    await file.discard()
    throw error
  }
}

/** The rules of the objectives and their promtool tests, in two files side by side when a directory is given. */
export async function writeSloRules(deps: SloRulesDeps, input: SloRulesInput): Promise<Result<RuleFiles>> {
  const {objectives, directory, ...options} = input
  const set = await withExpressions(deps, (expressions) => sloRuleSet(objectives, options, RULE_FILE, expressions))
  const [rules, tests] = [deps.rulesText(set), deps.testsText(set)]
  const files = directory === null ? [] : [`${directory}/${RULE_FILE}`, `${directory}/${TEST_FILE}`]
  if (directory !== null) await deps.exports.makeFolder(directory)
  for (const [index, file] of files.entries()) await write(deps, file, index === 0 ? rules : tests)
  const notes = set.notes.map(deps.noteText)
  return {verdict: 'ok', data: {rules, tests, files, notes}, warnings: notes}
}
