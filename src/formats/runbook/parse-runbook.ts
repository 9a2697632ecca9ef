import {placeInBlock, type RunbookPlaces} from '../../domain/runbook/places.js'
import type {PlacedRunbook, StepItem} from '../../domain/runbook/runbook.js'
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

/** Where in the file the character of an expression stands. */
type PlaceOf = (offset: number) => Place

function readQuery(expression: string, front: Pick<FrontMatter, 'inputs'>, placeOf: PlaceOf, problems: ProblemList) {
  const {placeholders, problem} = readPromqlTemplate(expression, front.inputs)
  if (problem !== null) problems.add('promql', placeOf(problem.offset), problem.message)
  return placeholders
}

function frontMatterOf(source: ReturnType<typeof splitFrontMatter>, problems: ProblemList): FrontMatter {
  if (!source.closed) problems.add('front-matter', TOP, 'the front matter is never closed by a line `---`')
  const {frontMatter, frontMatterLine} = source
  if (frontMatter === null) return NO_FRONT_MATTER
  if (frontMatter.length <= LONGEST_FRONT_MATTER) return readFrontMatter(frontMatter, frontMatterLine, problems)
  problems.add('too-large', TOP, 'the front matter is larger than 64 KiB')
  return NO_FRONT_MATTER
}

function linesBetween({frontMatter, bodyLine}: ReturnType<typeof splitFrontMatter>): RunbookPlaces['frontMatter'] {
  return frontMatter === null ? null : {start: 1, end: bodyLine - 2}
}

/** Text → runbook, or every problem in it with its place. Never throws, whatever the text. */
export function parseRunbook(name: string, file: string, text: string): ReadRunbook {
  const problems = createProblemList()
  const source = splitFrontMatter(normalise(text))
  if (TAKEN_NAMES.includes(name)) problems.add('name', TOP, `a runbook cannot be named \`${name}\`: that is a command`)
  const {conditions, places, ...front} = frontMatterOf(source, problems)
  const {steps, blocks, heading, introduction} = readSteps(source.body, source.bodyLine, name, problems)
  checkReferences(
    {...front, conditions},
    steps.flatMap(({items}) => items),
    problems,
  )
  const queryIn = (body: string, placeOf: PlaceOf) => readQuery(body, front, placeOf, problems)
  const placed = {...places, frontMatter: linesBetween(source), blocks}
  const withQuery = (item: StepItem): StepItem =>
    item.role === 'task' || item.role === 'notify' || item.language !== 'promql'
      ? item
      : {...item, placeholders: queryIn(item.body, (offset) => placeInBlock({places: placed}, item, offset))}
  const looked = conditions.map(({condition, placeIn}) =>
    condition.kind === 'promql' ? {...condition, placeholders: queryIn(condition.expression, placeIn)} : condition,
  )
  const runbook: PlacedRunbook = {
    ...front,
    resolved: front.resolved === null ? null : {...front.resolved, conditions: looked},
    name,
    file,
    title: front.title ?? heading ?? name,
    introduction,
    steps: steps.map((step) => (step.items.length === 0 ? step : {...step, items: step.items.map(withQuery)})),
    source: text,
    places: placed,
  }
  const found = problems.all()
  return found.length > 0 ? {kind: 'invalid', name, file, problems: found, draft: runbook} : {kind: 'valid', runbook}
}
