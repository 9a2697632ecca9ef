import {holds, type Matcher} from '../promql/matcher.js'
import {readMatchers} from '../promql/read-matcher.js'
import type {Labels} from '../promql/sample.js'
import type {Expressions} from '../text/expressions.js'

function matcherIn(text: string): Matcher | null {
  const read = readMatchers(text, 0, null)
  return read.ok && read.matchers.length === 1 ? (read.matchers[0]?.matcher ?? null) : null
}

function accepts(matcher: Matcher, candidate: string, expressions: Expressions): boolean {
  return holds(matcher, {[matcher.label]: candidate}, expressions)
}

/** Texts that a matcher might accept: each alternative with its wildcards filled in, and some that are likely to be anything else. */
function candidates({operator, value}: Matcher): readonly string[] {
  const filled = value.split('|').map((one) =>
    one
      .replaceAll(/[()^$]/g, '')
      .replaceAll(/\.[*+]/g, 'x')
      .replaceAll('.', '0')
      .replaceAll(/\[(.)[^\]]{0,200}\]/g, '$1'),
  )
  const likely = ['200', 'GET', 'other', '']
  if (operator === '=') return [value]
  return operator === '=~' ? [...filled, ...likely] : [...likely, value, ...filled]
}

/** Labels that all `matchers` accept and, when `refusing` is given, that not all of those do. Null when none are found. */
export function exampleLabels(
  expressions: Expressions,
  matchers: readonly string[],
  refusing: readonly string[] = [],
): Labels | null {
  const wanted = matchers.map(matcherIn)
  const unwanted = refusing.map(matcherIn)
  const all = [...wanted, ...unwanted]
  if (all.some((matcher) => matcher === null)) return null
  const known = all.filter((matcher) => matcher !== null)
  const labels = [...new Set(known.map(({label}) => label))]
  const must = wanted.filter((matcher) => matcher !== null)
  const mustNot = unwanted.filter((matcher) => matcher !== null)
  const chosen = labels.map((label) => {
    const options = known.filter((one) => one.label === label).flatMap(candidates)
    const own = must.filter((one) => one.label === label)
    const others = mustNot.filter((one) => one.label === label)
    const fits = options.filter((option) => own.every((one) => accepts(one, option, expressions)))
    const refused = fits.find((option) => others.some((one) => !accepts(one, option, expressions)))
    return {label, value: refused ?? fits[0] ?? null, isRefused: refused !== undefined}
  })
  if (chosen.some(({value}) => value === null)) return null
  if (mustNot.length > 0 && !chosen.some(({isRefused}) => isRefused)) return null
  return Object.fromEntries(chosen.map(({label, value}) => [label, value ?? '']))
}
