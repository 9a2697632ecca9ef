import {expressionsIn, holds, type Matcher} from './matcher.js'
import {readMatchers} from './read-matcher.js'
import type {Labels} from './sample.js'
import type {Expressions} from '../text/expressions.js'

/** `APIDown{service="api",severity=~"crit.*"}`: an alert's name, and what its labels must be. */
export interface AlertSelector {
  readonly name: string
  readonly matchers: readonly Matcher[]
}

export type SelectorReading =
  | {readonly ok: true; readonly selector: AlertSelector}
  /** `offset` in the text, from 0. */
  | {readonly ok: false; readonly offset: number; readonly message: string}

const NAME = /^[^{}"'`]*/

function failed(offset: number, message: string): SelectorReading {
  return {ok: false, offset, message}
}

/** Reads a selector as it is written; never throws. Whether an expression in it is one is not asked. */
export function parseAlertSelector(text: string): SelectorReading {
  const written = NAME.exec(text)?.[0] ?? ''
  const name = written.trim()
  if (name === '') return failed(written.length, 'the name of an alert is expected')
  if (written.length === text.length) return {ok: true, selector: {name, matchers: []}}
  if (text[written.length] !== '{') return failed(written.length, 'nothing is expected here')
  const read = readMatchers(text, written.length + 1, '}')
  if (!read.ok) return read
  const rest = text.slice(read.end + 1)
  if (rest.trim() !== '') return failed(text.length - rest.trimStart().length, 'nothing is expected here')
  return {ok: true, selector: {name, matchers: read.matchers.map(({matcher}) => matcher)}}
}

/** The regular expressions in selectors as they are written. */
export function selectorExpressions(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => {
    const read = parseAlertSelector(text)
    return read.ok ? expressionsIn(read.selector.matchers) : []
  })
}

/** PromQL semantics: a label that is missing is the empty text. */
export function selects(
  {name, matchers}: AlertSelector,
  alert: {readonly name: string; readonly labels: Labels},
  expressions: Expressions,
): boolean {
  return name === alert.name && matchers.every((matcher) => holds(matcher, alert.labels, expressions))
}
