import type {InputDeclaration, ValueSource} from '../../domain/runbook/runbook.js'
import {NAME} from './attribute-values.js'
import {type ProblemList, quoted} from './problem-list.js'
import type {Entry, YamlReader} from './yaml-reader.js'

const KEYS = ['default', 'oneOf', 'secret', 'from']
const SOURCE = /^(env|file):(\S+)$/

function readSource(entry: Entry | undefined, yaml: YamlReader, problems: ProblemList): ValueSource | null {
  const text = entry === undefined ? null : yaml.text(entry.value, 'from')
  if (entry === undefined || text === null) return null
  const [, from, name] = SOURCE.exec(text) ?? []
  if (from !== undefined && name !== undefined) return {from: from === 'env' ? 'env' : 'file', name}
  problems.add('from', yaml.place(entry.value), `${quoted(text)} is no source`, 'write env:NAME or file:/path')
  return null
}

function checkInput(input: InputDeclaration, entry: Entry, problems: ProblemList): void {
  if (!NAME.test(input.name)) problems.add('input-name', entry.place, `${quoted(input.name)} must match ${NAME.source}`)
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
    problems.add('default', entry.place, `the default of ${quoted(input.name)} is none of its oneOf`)
}

function readInput(entry: Entry, yaml: YamlReader, problems: ProblemList): InputDeclaration {
  const entries = yaml.entries(entry.value, `input ${quoted(entry.key)}`, KEYS)
  const found = (key: string): Entry | undefined => entries.find((candidate) => candidate.key === key)
  const written = found('default')
  const oneOf = found('oneOf')
  const secret = found('secret')
  const input = {
    name: entry.key,
    default: written === undefined ? null : yaml.text(written.value, 'default'),
    oneOf: oneOf === undefined ? null : yaml.texts(oneOf.value, 'oneOf'),
    secret: secret === undefined ? false : yaml.flag(secret.value, 'secret'),
    source: readSource(found('from'), yaml, problems),
  }
  checkInput(input, entry, problems)
  return input
}

/** The `inputs:` of a runbook. `name: {}` declares one that must be given. */
export function readInputs(entry: Entry, yaml: YamlReader, problems: ProblemList): readonly InputDeclaration[] {
  return yaml.entries(entry.value, 'inputs', null).map((input) => readInput(input, yaml, problems))
}
