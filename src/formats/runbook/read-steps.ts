import {ANSWER_WORDS} from '../../domain/runbook/answer-words.js'
import type {BlockPlaces} from '../../domain/runbook/places.js'
import type {Step, StepItem} from '../../domain/runbook/runbook.js'
import {firstHeading} from '../markdown/heading.js'
import type {LostBlock} from '../markdown/lost-blocks.js'
import {markdownItems, mayRun, type RawFence, type RawTask} from '../markdown/markdown-items.js'
import type {ProblemList} from './problem-list.js'
import {readBlock} from './read-block.js'
import {type Section, splitSections} from '../markdown/sections.js'

export interface ReadSteps {
  readonly introduction: string
  readonly heading: string | null
  readonly steps: readonly Step[]
  /** By the line of the block. */
  readonly blocks: ReadonlyMap<number, BlockPlaces>
}

/** A Markdown parser slows down faster than its input grows: what runs must fit in here. */
const MOST_CHARACTERS_IN_STEP = 65_536
const MOST_CHARACTERS = 131_072
const LEAST_COST = 256
const LONGEST_ID = 40

interface Draft {
  readonly item: StepItem
  readonly hasId: boolean
  /** null of a task. */
  readonly places: BlockPlaces | null
}

function slug(title: string): string {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain.slice(0, LONGEST_ID).replaceAll(/[^a-z0-9]+/g, '-')
  const id = words.replaceAll(/^[^a-z]+|-$/g, '')
  return id === '' ? 'step' : id
}

function draft(raw: RawFence | RawTask, problems: ProblemList): readonly Draft[] {
  if (raw.kind === 'task')
    return [{item: {role: 'task', id: '', line: raw.line, text: raw.text}, hasId: false, places: null}]
  const read = readBlock(raw, problems)
  return read === null ? [] : [{item: read.block, hasId: read.hasId, places: read.places}]
}

/** Blocks whose ids are still to be made, by the step they stand in; most steps of a long file have none. */
type Drafts = Map<Step, readonly Draft[]>

const NO_ITEMS: readonly StepItem[] = []

/** Each step costs the parser something, however short; one that is too long costs everything. */
function costOf(text: string): number {
  return text.length > MOST_CHARACTERS_IN_STEP ? MOST_CHARACTERS + 1 : Math.max(LEAST_COST, text.length)
}

function readSection(section: Section, budget: {left: number}, drafts: Drafts, problems: ProblemList): Step {
  const {title, line, text} = section
  const step = {title: title ?? '', line, prose: text.trim(), items: NO_ITEMS}
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
  const {items, prose, lost} = markdownItems(text, title === null ? line : line + 1)
  for (const block of lost) problems.add('lost-block', {line: block.line, column: 1}, ...toldOfLost(block))
  const running = {...step, prose}
  const found = items.flatMap((raw) => draft(raw, problems))
  if (found.length > 0) drafts.set(running, found)
  return running
}

/** What it is instead, and what to do. */
function toldOfLost(lost: LostBlock): readonly [string, string] {
  const text = 'this block does not run: to Markdown it is'
  if (lost.to === 'block')
    return [`${text} a part of the block that begins at line ${String(lost.begins)}`, 'close that one before it']
  if (lost.to === 'html') return [`${text} a part of the HTML before it`, 'an empty line before it, and one after it']
  if (lost.to === 'marks') return ['this block does not run: what it begins with is no fence', 'three backticks: ```']
  if (lost.to === 'text')
    return [`${text} text, by the backtick after its mark`, 'no backtick there, or a fence of ~~~']
  return [`${text} an indented example`, 'indent it by less than four columns, or as the list that it is in']
}

/** Why a written id cannot be one; null when it can. */
function whyNot(id: string, taken: ReadonlySet<string>): string | null {
  if (ANSWER_WORDS.includes(id)) return `\`${id}\` is an answer at a gate: choose another id`
  return taken.has(id) ? `the id \`${id}\` is used twice` : null
}

/** Written ids stay; the others are made from the step's title, and counted when taken. */
function nameAll(steps: readonly Step[], drafts: Drafts, problems: ProblemList): readonly Step[] {
  const taken = new Set<string>()
  for (const {item, hasId} of [...drafts.values()].flat()) {
    if (!hasId) continue
    const why = whyNot(item.id, taken)
    if (why !== null) problems.add('id', {line: item.line, column: 1}, why)
    taken.add(item.id)
  }
  for (const word of ANSWER_WORDS) taken.add(word)
  const next = new Map<string, number>()
  const free = (base: string): string => {
    let count = (next.get(base) ?? 0) + 1
    while (taken.has(count === 1 ? base : `${base}-${String(count)}`)) count += 1
    next.set(base, count)
    const id = count === 1 ? base : `${base}-${String(count)}`
    taken.add(id)
    return id
  }
  return steps.map((step) => {
    const own = drafts.get(step)
    if (own === undefined) return step
    return {...step, items: own.map(({item, hasId}) => (hasId ? item : {...item, id: free(slug(step.title))}))}
  })
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
  return steps.map((step) => (step.items.length === 0 ? step : {...step, items: step.items.map(placed)}))
}

/** What stands before the first heading is a step only when something runs there. */
function withBlocks(before: Step | undefined, title: string, drafts: Drafts): readonly Step[] {
  const own = before === undefined ? undefined : drafts.get(before)
  if (before === undefined || own === undefined) return []
  const step = {...before, title}
  drafts.delete(before)
  drafts.set(step, own)
  return [step]
}

/** By the line of the block. */
function blockPlaces(drafts: Drafts): ReadonlyMap<number, BlockPlaces> {
  const all = [...drafts.values()].flat()
  return new Map(all.flatMap(({item, places}) => (places === null ? [] : [[item.line, places] as const])))
}

/** The steps of a body. Blocks before the first `##` form a step of their own, named like the runbook. */
export function readSteps(body: string, firstLine: number, name: string, problems: ProblemList): ReadSteps {
  const budget = {left: MOST_CHARACTERS}
  const drafts: Drafts = new Map()
  const read = splitSections(body, firstLine).map((section) => readSection(section, budget, drafts, problems))
  const [before, ...rest] = read
  const prose = before?.prose ?? ''
  const first = firstHeading(prose.slice(0, MOST_CHARACTERS_IN_STEP))
  const heading = first?.text ?? null
  const introduction = (first === null ? prose : prose.slice(0, first.start) + prose.slice(first.end)).trim()
  const steps = [...withBlocks(before, heading ?? name, drafts), ...rest]
  const named = verifiesOf(nameAll(steps, drafts, problems), problems)
  return {introduction, heading, steps: named, blocks: blockPlaces(drafts)}
}
