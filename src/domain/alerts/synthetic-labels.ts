import type {Labels} from '../promql/sample.js'
import type {Expressions} from '../text/expressions.js'
import {holds, type Matcher} from '../promql/matcher.js'
import {matchersOf, type Route, type RoutePath, routesFor, type Routing} from './routing.js'

const TEST_NAME = 'FaciTest'
export const TEST_LABEL = 'faci_test'

/** Which test, and which of its alerts. */
export interface TestMark {
  readonly testId: string
  readonly index: number
}

const ANY = 'faci-test'
/** What is tried against patterns; a label that is empty is none. */
const COMMON = ['', ANY, 'critical', 'warning', 'info', 'none', 'x', '1', 'a1']
const MOST_TRIES = 200

/** Texts that a pattern may mean: each alternative, with what repeats left out or written once. */
function samplesOf(pattern: string): readonly string[] {
  const plain = pattern.replace(/^\(\?i\)/, '').replaceAll(/[()^$]/g, '')
  return plain.split('|').flatMap((one) => {
    const written = one.replaceAll(/\.[*+?]/g, 'x').replaceAll(/\[([^\]])[^\]]{0,200}\][+*?]?/g, '$1')
    return [written, one.replaceAll(/\.[*+?]/g, ''), written.replaceAll(/\\(?:d|w)[+*]?/g, '1')].map((text) =>
      text.replaceAll('\\', ''),
    )
  })
}

function candidates(label: string, matchers: readonly Matcher[]): readonly string[] {
  const meant = matchers.flatMap(({operator, value}) => (operator === '=' ? [value] : samplesOf(value)))
  return label === 'alertname' ? [TEST_NAME, ...meant] : [...meant, ...COMMON]
}

/** A value that satisfies everything that is said of one label; null when none is found. */
function valueFor(label: string, matchers: readonly Matcher[], expressions: Expressions): string | null {
  const own = matchers.filter((matcher) => matcher.label === label)
  const fits = (value: string): boolean => own.every((matcher) => holds(matcher, {[label]: value}, expressions))
  return candidates(label, own).find(fits) ?? null
}

function withLabel(labels: Labels, label: string, value: string): Labels {
  const others = Object.fromEntries(Object.entries(labels).filter(([name]) => name !== label))
  return value === '' ? others : {...others, [label]: value}
}

function required(matchers: readonly Matcher[], expressions: Expressions): Labels | null {
  let labels: Labels = {}
  for (const label of new Set(['alertname', ...matchers.map((matcher) => matcher.label)])) {
    const value = valueFor(label, matchers, expressions)
    if (value === null || (value === '' && label === 'alertname')) return null
    labels = withLabel(labels, label, value)
  }
  return labels
}

/** The labels changed in one place, in every way by which `catcher` no longer holds and `matchers` still do. */
function evasions(
  labels: Labels,
  catcher: Route,
  matchers: readonly Matcher[],
  expressions: Expressions,
): readonly Labels[] {
  const changes = catcher.matchers.flatMap(({label}) => COMMON.map((value) => withLabel(labels, label, value)))
  return changes.filter(
    (changed) =>
      changed['alertname'] !== undefined &&
      !catcher.matchers.every((matcher) => holds(matcher, changed, expressions)) &&
      matchers.every((matcher) => holds(matcher, changed, expressions)),
  )
}

function reaches(root: Route, {route}: RoutePath, labels: Labels, expressions: Expressions): boolean {
  return routesFor(root, labels, expressions).includes(route)
}

/** Labels of their own in what alerts are grouped and inhibited by, as far as the route stays the same. */
function setApart(
  routing: Routing,
  path: RoutePath,
  labels: Labels,
  {index}: TestMark,
  expressions: Expressions,
): Labels {
  const wished = [...path.route.groupBy, ...routing.inhibitionLabels].filter((label) => /^[A-Za-z_]\w*$/.test(label))
  return wished.reduce((before, label) => {
    if (Object.hasOwn(before, label)) return before
    const changed = {...before, [label]: `${ANY}-${String(index)}`}
    return reaches(routing.root, path, changed, expressions) ? changed : before
  }, labels)
}

/** From these labels on, the nearest that take the route. */
function search(root: Route, path: RoutePath, start: Labels, expressions: Expressions): Labels | null {
  const matchers = matchersOf(path)
  const tried = new Set<string>()
  const waiting = [start]
  for (let labels = waiting.shift(); labels !== undefined && tried.size < MOST_TRIES; labels = waiting.shift()) {
    if (reaches(root, path, labels, expressions)) return labels
    const key = JSON.stringify(Object.entries(labels).sort())
    if (tried.has(key)) continue
    tried.add(key)
    for (const catcher of routesFor(root, labels, expressions))
      waiting.push(...evasions(labels, catcher, matchers, expressions))
  }
  return null
}

/** The labels of an alert that takes a route; null when none could be found: another route takes them all, or its matchers exclude each other. */
export function syntheticLabels(
  routing: Routing,
  path: RoutePath,
  mark: TestMark,
  expressions: Expressions,
): Labels | null {
  const start = required(matchersOf(path), expressions)
  const labels = start === null ? null : search(routing.root, path, start, expressions)
  if (labels === null) return null
  return {
    ...setApart(routing, path, labels, mark, expressions),
    [TEST_LABEL]: mark.testId,
    faci_route: String(mark.index),
  }
}
