import {parseHttpBlock, READING_METHODS} from '../../domain/runbook/http-block.js'
import {ALL_LANGUAGES, type BlockRole, languageFor, languagesFor} from '../../domain/runbook/block-languages.js'
import type {BlockPlaces} from '../../domain/runbook/places.js'
import type {Block, CommandBlock, NotifyBlock} from '../../domain/runbook/runbook.js'
import {attributeValues, type AttributeValues} from './attribute-values.js'
import {type Info, readInfo} from './attributes.js'
import type {RawFence} from '../markdown/markdown-items.js'
import {meant, type ProblemList, quoted} from './problem-list.js'
import {ALL_ATTRIBUTES, ATTRIBUTES, DEFAULTS, ROLES} from './vocabulary.js'

/** A block whose id may still have to be made from its step, and whose `of` is the mitigation before it. */
export interface ReadBlock {
  readonly block: Block
  readonly hasId: boolean
  readonly places: BlockPlaces
}

function roleOf(info: Info, problems: ProblemList): BlockRole | null {
  const words = info.attributes.filter(({value}) => value === null)
  const [first, ...others] = words
  if (first === undefined) {
    problems.add('role', info.place, `the block says no role`, `write {${ROLES.join('|')} …}, or no braces for prose`)
    return null
  }
  for (const other of others) problems.add('role', other, `${quoted(other.key)} is a second role, or lacks its =value`)
  const role = ROLES.find((candidate) => candidate === first.key)
  if (role === undefined) problems.add('role', first, `there is no role ${quoted(first.key)}`, meant(first.key, ROLES))
  return role ?? null
}

function checkAttributes(info: Info, role: BlockRole, problems: ProblemList): void {
  const seen = new Set<string>()
  for (const attribute of info.attributes) {
    const {key, value} = attribute
    if (value === null) continue
    if (seen.has(key)) problems.add('attribute', attribute, `${quoted(key)} is given twice`)
    seen.add(key)
    if (ATTRIBUTES[role].includes(key)) continue
    if (ALL_ATTRIBUTES.includes(key))
      problems.add('attribute', attribute, `${quoted(key)} means nothing in a ${role} block`)
    else problems.add('attribute', attribute, `there is no attribute ${quoted(key)}`, meant(key, ATTRIBUTES[role]))
  }
}

function tellLanguage({language, place}: Info, role: BlockRole, problems: ProblemList): void {
  if ((ALL_LANGUAGES as readonly string[]).includes(language))
    problems.add('language', place, `a ${role} block cannot be ${quoted(language)}`, meant('', languagesFor(role)))
  else {
    const suggestion = /^(?:ba|z)?sh(?:ell)?$|^console$/.test(language) ? 'write `sh`' : meant(language, ALL_LANGUAGES)
    problems.add('language', place, `there is no language ${quoted(language)}`, suggestion)
  }
}

function checkBody(fence: RawFence, role: BlockRole, language: string, problems: ProblemList): void {
  const place = {line: fence.line, column: fence.column}
  if (!fence.closed) problems.add('fence', place, 'the block is never closed: everything after it would be part of it')
  if (fence.body.trim() === '') problems.add('empty', place, 'the block is empty')
  else if (language === 'http') {
    const parsed = parseHttpBlock(fence.body)
    if (!parsed.ok) problems.add('http', {line: fence.line + 1 + parsed.line, column: 1}, parsed.message)
    else if (role !== 'mitigate' && role !== 'rollback' && !READING_METHODS.includes(parsed.request.method))
      problems.add('http', {line: fence.line + 1, column: 1}, `a ${role} block reads only: use GET or HEAD`)
  }
}

type Written = Pick<CommandBlock, 'id' | 'line' | 'body' | 'attributes'>

/** Null when the role has no such language. */
function commandBlock(
  role: CommandBlock['role'],
  written: string,
  base: Written,
  values: AttributeValues,
): CommandBlock | null {
  const command = {
    ...base,
    placeholders: [],
    timeoutSeconds: values.seconds('timeout', DEFAULTS.timeout[role]),
    capture: values.name('capture'),
    outputs: values.names('outputs'),
    expect: values.expect(),
  }
  const retrying = {retries: values.retries(), backoffSeconds: values.seconds('backoff', DEFAULTS.backoff)}
  switch (role) {
    case 'diagnose': {
      const language = languageFor(role, written)
      return language && {...command, ...retrying, role, language}
    }
    case 'mitigate': {
      const confirm = values.choice('confirm', ['default', 'always', 'production', 'never'], 'default')
      const onFailure = values.choice('on_failure', ['next', 'stop'], 'next')
      const language = languageFor(role, written)
      return language && {...command, ...retrying, role, language, confirm, onFailure}
    }
    case 'rollback': {
      const of = values.text('of') ?? ''
      const language = languageFor(role, written)
      return language && {...command, ...retrying, role, language, of}
    }
    case 'verify': {
      const patience = {
        withinSeconds: values.seconds('within', DEFAULTS.within),
        holdSeconds: values.seconds('hold', DEFAULTS.hold),
        everySeconds: values.seconds('every', DEFAULTS.every),
      }
      const language = languageFor(role, written)
      return language && {...command, ...patience, role, language, of: ''}
    }
  }
}

function notifyBlock(written: string, base: Written, values: AttributeValues): NotifyBlock | null {
  const when = values.choice('when', ['started', 'resolved', 'unresolved', 'always'], 'always')
  const to = values.text('to')
  const language = languageFor('notify', written)
  return language && {...base, role: 'notify', language, to, when}
}

/** A fence with braces as a block; null when it cannot be one, with every reason told. */
export function readBlock(fence: RawFence, problems: ProblemList): ReadBlock | null {
  const info = readInfo(fence.info, fence.line, fence.infoColumn, problems)
  const role = info === null ? null : roleOf(info, problems)
  if (info === null || role === null) return null
  checkAttributes(info, role, problems)
  const isLanguage = languageFor(role, info.language) !== null
  if (!isLanguage) tellLanguage(info, role, problems)
  checkBody(fence, role, isLanguage ? info.language : '', problems)
  const values = attributeValues(info, problems)
  const id = values.id()
  const base = {id: id ?? '', line: fence.line, body: fence.body, attributes: info.text}
  const block =
    role === 'notify' ? notifyBlock(info.language, base, values) : commandBlock(role, info.language, base, values)
  const attributes = new Map(info.attributes.map(({key, line, column}) => [key, {line, column}]))
  return block && {block, hasId: id !== null, places: {attributes, columns: fence.columns}}
}
