import type {Expectation} from '../../domain/runbook/expectation.js'
import {parseHttpBlock} from '../../domain/runbook/http-block.js'
import {NOTICE_PLACEHOLDERS, noticePlaceholdersIn} from '../../domain/runbook/notice-text.js'
import type {Block, CommandBlock, InputDeclaration, StepItem} from '../../domain/runbook/runbook.js'
import {placeholdersIn, placeholdersInAuthority} from '../../domain/runbook/template.js'
import {nameProblem} from '../../domain/runbook/variable-name.js'
import type {FrontMatter} from './front-matter.js'
import {meant, type Place, type ProblemList, quoted} from './problem-list.js'
import type {PlacedCondition} from './read-conditions.js'

function captureIn(expect: Expectation | null): string | null {
  return expect?.kind === 'compare' ? expect.term.capture : null
}

function checkName(name: string, known: ReadonlySet<string>, place: Place, problems: ProblemList): void {
  if (!known.has(name))
    problems.add(
      'undeclared',
      place,
      `${quoted(name)} is neither an input nor captured before`,
      meant(name, [...known]),
    )
}

function checkCommand(block: CommandBlock, known: ReadonlySet<string>, problems: ProblemList): void {
  const place = {line: block.line, column: 1}
  if (block.language !== 'sh')
    for (const name of placeholdersIn(block.body)) checkName(name, known, {line: block.line + 1, column: 1}, problems)
  const capture = captureIn(block.expect)
  if (capture !== null) checkName(capture, known, place, problems)
  if (block.role === 'verify' && block.language === 'promql' && block.expect === null)
    problems.add('expect', place, 'a promql verify needs `expect`')
}

/** Each rollback undoes one mitigation, and each mitigation has one rollback at most. */
function checkRollbacks(items: readonly StepItem[], problems: ProblemList): void {
  const ids = items.filter(({role}) => role === 'mitigate').map(({id}) => id)
  const undone = new Set<string>()
  for (const item of items) {
    if (item.role !== 'rollback') continue
    const place = {line: item.line, column: 1}
    if (item.of === '') problems.add('of', place, 'a rollback block needs `of=ID`: what does it undo?')
    else if (!ids.includes(item.of))
      problems.add(
        'of',
        place,
        `there is no mitigation ${quoted(item.of)}`,
        ids.length === 0 ? null : meant(item.of, ids),
      )
    else if (undone.has(item.of)) problems.add('of', place, `${quoted(item.of)} has a rollback already`)
    undone.add(item.of)
  }
}

function checkCapture(block: CommandBlock, inputs: readonly InputDeclaration[], problems: ProblemList): void {
  if (block.capture !== null && inputs.some(({name}) => name === block.capture))
    problems.add('capture', {line: block.line, column: 1}, `${quoted(block.capture)} is already an input`)
}

function checkNotice(
  block: Block,
  known: ReadonlySet<string>,
  secrets: ReadonlySet<string>,
  problems: ProblemList,
): void {
  const place = {line: block.line + 1, column: 1}
  const open = new Set([...NOTICE_PLACEHOLDERS, ...known])
  for (const name of noticePlaceholdersIn(block.body)) {
    if (secrets.has(name)) problems.add('secret', place, `${quoted(name)} is secret: it cannot stand in a notice`)
    else if (!open.has(name)) problems.add('placeholder', place, `there is no {{${name}}}`, meant(name, [...open]))
  }
}

/** What a script writes to `$FACI_OUTPUT` is what it declares: it may come from a log line or a label. */
function checkOutputs(block: CommandBlock, inputs: readonly InputDeclaration[], problems: ProblemList): void {
  const {body, language, line, outputs, role} = block
  const place = {line, column: 1}
  for (const name of outputs)
    if (inputs.some((input) => input.name === name))
      problems.add('outputs', place, `${quoted(name)} is already an input`)
  if (language !== 'sh' && outputs.length > 0)
    problems.add('outputs', place, `only a script has outputs: use capture in a ${language} block`)
  if (language === 'sh' && outputs.length === 0 && /\bFACI_OUTPUT\b/.test(body)) {
    const words = [...body.matchAll(/\b([a-z][a-z0-9_]*)(?:=|<<)/g)].map(([, name = '']) => name)
    const written = words.filter((name) => nameProblem(name) === null)
    problems.add(
      'outputs',
      place,
      'the block writes to $FACI_OUTPUT and does not declare which names',
      `write {${role} outputs="${[...new Set(written)].join(' ') || 'url count'}"}`,
    )
  }
}

function capturedBy({capture, outputs}: CommandBlock): readonly string[] {
  return capture === null ? outputs : [capture, ...outputs]
}

/** Which server is asked, with what faci sends there, is decided by the runbook, never by a value from elsewhere. */
function checkServer(url: string, inputs: readonly InputDeclaration[], place: Place, problems: ProblemList): void {
  for (const name of placeholdersInAuthority(url))
    if (!inputs.some((input) => input.name === name && input.oneOf !== null))
      problems.add(
        'http',
        place,
        `${quoted(name)} decides which server is asked: only an input with oneOf may`,
        'write the server out, or give the input oneOf',
      )
}

function checkHttp(block: CommandBlock, inputs: readonly InputDeclaration[], problems: ProblemList): void {
  const parsed = block.language === 'http' ? parseHttpBlock(block.body) : null
  if (parsed?.ok === true) checkServer(parsed.request.url, inputs, {line: block.line + 1, column: 1}, problems)
}

function checkConditions(
  conditions: readonly PlacedCondition[],
  declared: readonly InputDeclaration[],
  problems: ProblemList,
): void {
  const inputs = new Set(declared.map(({name}) => name))
  for (const {condition, placeIn} of conditions) {
    if (condition.kind === 'health') continue
    const place = placeIn(0)
    const text = condition.kind === 'http' ? condition.url : condition.expression
    if (condition.kind === 'http') checkServer(condition.url, declared, place, problems)
    const capture = captureIn(condition.expect)
    for (const name of [...placeholdersIn(text), ...(capture === null ? [] : [capture])])
      if (!inputs.has(name))
        problems.add(
          'undeclared',
          place,
          `${quoted(name)} is no input: \`resolved\` is looked at before anything is captured`,
        )
  }
}

/** What only shows when the parts are seen together: names, captures, mitigations without an end. */
export function checkReferences(
  front: Pick<FrontMatter, 'inputs' | 'resolved' | 'conditions'>,
  items: readonly StepItem[],
  problems: ProblemList,
): void {
  const inputs = new Set(front.inputs.map(({name}) => name))
  const secrets = new Set(front.inputs.filter(({secret}) => secret).map(({name}) => name))
  const known = new Set(inputs)
  checkConditions(front.conditions, front.inputs, problems)
  for (const item of items) {
    if (item.role === 'task' || item.role === 'notify') continue
    checkCommand(item, known, problems)
    checkCapture(item, front.inputs, problems)
    checkOutputs(item, front.inputs, problems)
    checkHttp(item, front.inputs, problems)
    for (const name of capturedBy(item)) known.add(name)
  }
  for (const item of items) if (item.role === 'notify') checkNotice(item, known, secrets, problems)
  checkRollbacks(items, problems)
  const mitigation = items.find(({role}) => role === 'mitigate')
  if (mitigation !== undefined && front.resolved === null)
    problems.add(
      'resolved',
      {line: mitigation.line, column: 1},
      'a runbook that mitigates needs `resolved` in its front matter',
      'say what is true when the incident is over',
    )
}
