import type {Runbook} from '../../domain/runbook/runbook.js'
import type {ReadRunbook} from '../../ports/library.js'
import {checkReferences} from './check-references.js'
import {type FrontMatter, NO_FRONT_MATTER, readFrontMatter} from './front-matter.js'
import {createProblemList, type Place, type ProblemList, quoted} from './problem-list.js'
import {promqlProblem} from './promql-syntax.js'
import {readSteps} from './read-steps.js'
import {normalise, splitFrontMatter} from './source-text.js'
import {TAKEN_NAMES} from './vocabulary.js'

const LONGEST_FRONT_MATTER = 65_536
const TOP: Place = {line: 1, column: 1}

/** The place in the file: a tab that a list took for several spaces makes an expression longer than its line. */
function inFile({line, column}: Place, lines: readonly string[]): Place {
  return {line, column: Math.min(column, (lines[line - 1] ?? '').length + 1)}
}

function checkPromql(
  expression: string,
  start: Place,
  front: FrontMatter,
  lines: readonly string[],
  problems: ProblemList,
): void {
  const problem = promqlProblem(expression, front.inputs)
  if (problem === null) return
  const before = expression.slice(0, problem.offset).split('\n')
  const last = before.at(-1) ?? ''
  const column = before.length === 1 ? start.column + last.length : last.length + 1
  const where = problem.near === '' ? 'at its end' : `at ${quoted(problem.near)}`
  const place = inFile({line: start.line + before.length - 1, column}, lines)
  problems.add('promql', place, `PromQL is not understood ${where}`)
}

function frontMatterOf(source: ReturnType<typeof splitFrontMatter>, problems: ProblemList): FrontMatter {
  if (!source.closed) problems.add('front-matter', TOP, 'the front matter is never closed by a line `---`')
  const {frontMatter, frontMatterLine} = source
  if (frontMatter === null) return NO_FRONT_MATTER
  if (frontMatter.length <= LONGEST_FRONT_MATTER) return readFrontMatter(frontMatter, frontMatterLine, problems)
  problems.add('too-large', TOP, 'the front matter is larger than 64 KiB')
  return NO_FRONT_MATTER
}

/** Text → runbook, or every problem in it with its place. Never throws, whatever the text. */
export function parseRunbook(name: string, file: string, text: string): ReadRunbook {
  const problems = createProblemList()
  const normal = normalise(text)
  const lines = normal.split('\n')
  const source = splitFrontMatter(normal)
  if (TAKEN_NAMES.includes(name)) problems.add('name', TOP, `a runbook cannot be named \`${name}\`: that is a command`)
  const {conditions, ...front} = frontMatterOf(source, problems)
  const {steps, heading, introduction} = readSteps(source.body, source.bodyLine, name, problems)
  const items = steps.flatMap((step) => step.items)
  checkReferences({...front, conditions}, items, problems)
  for (const {condition, place} of conditions)
    if (condition.kind === 'promql') checkPromql(condition.expression, place, {...front, conditions}, lines, problems)
  for (const item of items)
    if (item.role !== 'task' && item.language === 'promql')
      checkPromql(item.body, {line: item.line + 1, column: 1}, {...front, conditions}, lines, problems)
  const runbook: Runbook = {
    ...front,
    name,
    file,
    title: front.title ?? heading ?? name,
    introduction,
    steps,
    source: text,
  }
  const found = problems.all()
  return found.length > 0 ? {kind: 'invalid', name, file, problems: found, draft: runbook} : {kind: 'valid', runbook}
}
