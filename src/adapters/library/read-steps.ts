import type {Step, StepItem} from '../../domain/runbook/runbook.js'
import {markdownItems, mayRun, type RawFence, type RawTask} from './markdown-items.js'
import type {ProblemList} from './problem-list.js'
import {readBlock} from './read-block.js'
import {type Section, splitSections} from './sections.js'

export interface ReadSteps {
  readonly introduction: string
  readonly heading: string | null
  readonly steps: readonly Step[]
}

/** A Markdown parser slows down faster than its input grows: what runs must fit in here. */
const MOST_CHARACTERS_IN_STEP = 65_536
const MOST_CHARACTERS = 131_072
const LEAST_COST = 256
const LONGEST_ID = 40

interface Draft {
  readonly item: StepItem
  readonly hasId: boolean
}

function slug(title: string): string {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain.slice(0, LONGEST_ID).replaceAll(/[^a-z0-9]+/g, '-')
  const id = words.replaceAll(/^[^a-z]+|-+$/g, '')
  return id === '' ? 'step' : id
}

function draft(raw: RawFence | RawTask, problems: ProblemList): readonly Draft[] {
  if (raw.kind === 'task') return [{item: {role: 'task', id: '', line: raw.line, text: raw.text}, hasId: false}]
  const read = readBlock(raw, problems)
  return read === null ? [] : [{item: read.block, hasId: read.hasId}]
}

interface DraftStep {
  readonly title: string
  readonly line: number
  readonly prose: string
  readonly drafts: readonly Draft[]
}

/** Each step costs the parser something, however short; one that is too long costs everything. */
function costOf(text: string): number {
  return text.length > MOST_CHARACTERS_IN_STEP ? MOST_CHARACTERS + 1 : Math.max(LEAST_COST, text.length)
}

function readSection(section: Section, budget: {left: number}, problems: ProblemList): DraftStep {
  const {title, line, text} = section
  const step = {title: title ?? '', line, prose: text.trim(), drafts: []}
  if (budget.left < 0 || !mayRun(text)) return step
  budget.left -= costOf(text)
  if (budget.left < 0) {
    problems.add(
      'too-large',
      {line, column: 1},
      'what runs must be under 64 KiB a step, 128 KiB and 512 steps in all',
      'split the runbook',
    )
    return step
  }
  const {items, prose} = markdownItems(text, title === null ? line : line + 1)
  return {...step, prose, drafts: items.flatMap((raw) => draft(raw, problems))}
}

/** Written ids stay; the others are made from the step's title, and counted when taken. */
function nameAll(steps: readonly DraftStep[], problems: ProblemList): readonly Step[] {
  const taken = new Set<string>()
  for (const {item, hasId} of steps.flatMap(({drafts}) => drafts)) {
    if (!hasId) continue
    if (taken.has(item.id)) problems.add('id', {line: item.line, column: 1}, `the id \`${item.id}\` is used twice`)
    taken.add(item.id)
  }
  const next = new Map<string, number>()
  const free = (base: string): string => {
    let count = (next.get(base) ?? 0) + 1
    while (taken.has(count === 1 ? base : `${base}-${String(count)}`)) count += 1
    next.set(base, count)
    const id = count === 1 ? base : `${base}-${String(count)}`
    taken.add(id)
    return id
  }
  return steps.map(({title, line, prose, drafts}) => ({
    title,
    line,
    prose,
    items: drafts.map(({item, hasId}) => (hasId ? item : {...item, id: free(slug(title))})),
  }))
}

function verifiesOf(steps: readonly Step[], problems: ProblemList): readonly Step[] {
  let mitigation: string | null = null
  const placed = (item: StepItem): StepItem => {
    if (item.role === 'mitigate') mitigation = item.id
    if (item.role !== 'verify') return item
    if (mitigation === null)
      problems.add('verify', {line: item.line, column: 1}, 'a verify block needs a mitigate block before it')
    return {...item, of: mitigation ?? ''}
  }
  return steps.map((step) => ({...step, items: step.items.map(placed)}))
}

const H1 = /^ {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$/m

/** The steps of a body. Blocks before the first `##` form a step of their own, named like the runbook. */
export function readSteps(body: string, firstLine: number, name: string, problems: ProblemList): ReadSteps {
  const budget = {left: MOST_CHARACTERS}
  const drafts = splitSections(body, firstLine).map((section) => readSection(section, budget, problems))
  const [before, ...rest] = drafts
  const heading = H1.exec(before?.prose.slice(0, MOST_CHARACTERS_IN_STEP) ?? '')?.[1] ?? null
  const steps =
    before === undefined || before.drafts.length === 0 ? rest : [{...before, title: heading ?? name}, ...rest]
  const introduction = (before?.prose ?? '').replace(H1, '').trim()
  return {introduction, heading, steps: verifiesOf(nameAll(steps, problems), problems)}
}
