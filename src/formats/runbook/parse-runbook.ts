import type {Runbook, StepItem} from '../../domain/runbook/runbook.js'
import type {ReadRunbook} from '../../domain/runbook/read-runbook.js'
import {checkReferences} from './check-references.js'
import {type FrontMatter, NO_FRONT_MATTER, readFrontMatter} from './front-matter.js'
import {createProblemList, type Place, type ProblemList} from './problem-list.js'
import {readPromqlTemplate} from '../promql/promql-syntax.js'
import {readSteps} from './read-steps.js'
import {normalise, splitFrontMatter} from './source-text.js'
import {TAKEN_NAMES} from './vocabulary.js'

const LONGEST_FRONT_MATTER = 65_536
const TOP: Place = {line: 1, column: 1}

/** Where in the file a place in an expression is, both counted from 0. */
type PlaceIn = (line: number, column: number) => Place

function readQuery(expression: string, front: FrontMatter, placeIn: PlaceIn, problems: ProblemList) {
  const {placeholders, problem} = readPromqlTemplate(expression, front.inputs)
  if (problem !== null) {
    const before = expression.slice(0, problem.offset).split('\n')
    problems.add('promql', placeIn(before.length - 1, (before.at(-1) ?? '').length), problem.message)
  }
  return placeholders
}

/** Split when first asked. */
function linesOf(text: string): (line: number) => string {
  let lines: readonly string[] | undefined
  return (line) => (lines ??= text.split('\n'))[line - 1] ?? ''
}

/** What a list or a quotation indents is missing at the beginning of a body's lines; of a tab, a part may be left as spaces. */
function inBody(body: string, firstLine: number, written: (line: number) => string): PlaceIn {
  return (line, column) => {
    const {length} = written(firstLine + line)
    const indent = Math.max(0, length - (body.split('\n')[line] ?? '').length)
    return {line: firstLine + line, column: Math.min(length, indent + column) + 1}
  }
}

/** YAML folds and escapes: what follows may stand somewhere else on the line. */
function inCondition(start: Place, written: (line: number) => string): PlaceIn {
  return (line, column) => ({
    line: start.line + line,
    column: Math.min(written(start.line + line).length, column + (line === 0 ? start.column - 1 : 0)) + 1,
  })
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
  const written = linesOf(normal)
  const source = splitFrontMatter(normal)
  if (TAKEN_NAMES.includes(name)) problems.add('name', TOP, `a runbook cannot be named \`${name}\`: that is a command`)
  const {conditions, ...front} = frontMatterOf(source, problems)
  const {steps, heading, introduction} = readSteps(source.body, source.bodyLine, name, problems)
  checkReferences(
    {...front, conditions},
    steps.flatMap(({items}) => items),
    problems,
  )
  const queryIn = (body: string, placeIn: PlaceIn) => readQuery(body, {...front, conditions}, placeIn, problems)
  const withQuery = (item: StepItem): StepItem =>
    item.role === 'task' || item.role === 'notify' || item.language !== 'promql'
      ? item
      : {...item, placeholders: queryIn(item.body, inBody(item.body, item.line + 1, written))}
  const looked = conditions.map(({condition, place}) =>
    condition.kind === 'promql'
      ? {...condition, placeholders: queryIn(condition.expression, inCondition(place, written))}
      : condition,
  )
  const runbook: Runbook = {
    ...front,
    resolved: front.resolved === null ? null : {...front.resolved, conditions: looked},
    name,
    file,
    title: front.title ?? heading ?? name,
    introduction,
    steps: steps.map((step) => (step.items.length === 0 ? step : {...step, items: step.items.map(withQuery)})),
    source: text,
  }
  const found = problems.all()
  return found.length > 0 ? {kind: 'invalid', name, file, problems: found, draft: runbook} : {kind: 'valid', runbook}
}
