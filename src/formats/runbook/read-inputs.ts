import {type InputDeclaration, isExpression, type ValueSource} from '../../domain/runbook/runbook.js'
import {nameProblem} from '../../domain/runbook/variable-name.js'
import {readFields} from './field-reader.js'
import {INPUT, SOURCE} from './front-matter-table.js'
import {type Place, type ProblemList, quoted} from './problem-list.js'
import type {Entry, YamlReader} from './yaml-reader.js'

function readSource(text: string | null, place: Place, problems: ProblemList): ValueSource | null {
  if (text === null) return null
  const [, from, name] = SOURCE.exec(text) ?? []
  if (from !== undefined && name !== undefined) return {from: from === 'env' ? 'env' : 'file', name}
  problems.add('from', place, `invalid source ${quoted(text)}`, 'write env:NAME or file:/path')
  return null
}

function checkInput(input: InputDeclaration, entry: Entry, problems: ProblemList): void {
  const misnamed = nameProblem(input.name)
  if (misnamed !== null) problems.add('input-name', entry.place, `the input ${quoted(input.name)} ${misnamed}`)
  if (input.secret && input.default !== null)
    problems.add(
      'secret',
      entry.place,
      `${quoted(input.name)} is secret: its value cannot be written here`,
      'use from: env:NAME',
    )
  if (input.secret && input.source === null)
    problems.add('secret', entry.place, `${quoted(input.name)} is secret and has no \`from\``, 'write from: env:NAME')
  if (input.oneOf !== null && input.default !== null && !input.oneOf.includes(input.default))
    problems.add('default', entry.place, `the default of ${quoted(input.name)} is not in its oneOf`)
}

/** Whoever can raise an alert chooses its words: an input takes them only within what the runbook allows. */
function checkFromAlert(input: InputDeclaration, {place}: Entry, problems: ProblemList): void {
  if (!input.fromAlert) return
  const name = quoted(input.name)
  if (input.secret) problems.add('from-alert', place, `${name} is secret: it cannot come from an alert`)
  else if (input.oneOf === null && (input.pattern === null || isExpression(input)))
    problems.add(
      'from-alert',
      place,
      `${name} takes whatever an alert says: fromAlert needs \`oneOf\` or a \`pattern\``,
      "write oneOf: [api, redis], or pattern: '[a-z]+'",
    )
}

function readInput(entry: Entry, yaml: YamlReader, problems: ProblemList): InputDeclaration {
  const fields = readFields(entry.value, `input ${quoted(entry.key)}`, INPUT, yaml)
  const input = {
    name: entry.key,
    default: fields.text('default'),
    oneOf: fields.texts('oneOf'),
    pattern: fields.text('pattern'),
    fromAlert: fields.flag('fromAlert'),
    secret: fields.flag('secret'),
    source: readSource(fields.text('from'), yaml.place(fields.entry('from')?.value ?? null), problems),
  }
  checkInput(input, entry, problems)
  checkFromAlert(input, entry, problems)
  return input
}

/** One of the `inputs:` of a runbook, and where its name stands. */
export interface PlacedInput {
  readonly input: InputDeclaration
  readonly place: Place
}

/** `name: {}` declares one that must be given. */
export function readInputs(entry: Entry, yaml: YamlReader, problems: ProblemList): readonly PlacedInput[] {
  return yaml
    .entries(entry.value, 'inputs', null)
    .map((input) => ({input: readInput(input, yaml, problems), place: input.place}))
}
