import type {Person} from '../rota.js'
import {finding, type ImportFinding, type SourcePerson} from './source-rota.js'

const MOST_LETTERS = 60
/** What an escalation says instead of a name. */
const TAKEN = ['current', 'next', 'everyone']

/** Letters, digits and what stands in names: what can be typed and breaks nothing. */
export function typeable(text: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N} .,'’_@+()/:&-]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
  return Array.from(plain.trim()).slice(0, MOST_LETTERS).join('').trim()
}

function isLettered(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

/** `name`, or `name (2)` where it is taken already. */
export function unique(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let count = 2
  while (taken.has(`${name} (${String(count)})`)) count += 1
  return `${name} (${String(count)})`
}

function chosenName({id, name, email}: SourcePerson, taken: ReadonlySet<string>): string {
  const local = typeable(email?.split('@')[0] ?? '')
  const wishes = [typeable(name ?? ''), local, typeable(id)].filter(isLettered)
  const first = wishes[0] ?? 'somebody'
  const told = isLettered(local) ? `${first} (${local})` : first
  return [first, told].find((wish) => !taken.has(wish)) ?? unique(first, taken)
}

const CONTACTS = {
  email: /^[^\s@,;<>]+@[^\s@,;<>]+$/,
  slack: /^[UW][A-Z0-9]{2,}$/,
  pagerduty: /^[A-Z0-9]+$/,
} as const
const PLAIN = /^[\x21-\x7e]*$/

export interface NamedPeople {
  /** By the other tool's id. */
  readonly people: ReadonlyMap<string, Person>
  readonly findings: readonly ImportFinding[]
}

/**
 * People with names that are unique, and can be typed. A contact that faci would refuse is left out, and told. `asked`: what of the tool's
 * API answers with people.
 */
export function namedPeople(sources: readonly SourcePerson[], asked: string): NamedPeople {
  const taken = new Set(TAKEN)
  const people = new Map<string, Person>()
  const findings: ImportFinding[] = []
  for (const source of sources) {
    const name = chosenName(source, taken)
    taken.add(name)
    if (source.name === null && source.email === null) findings.push(finding('unnamed', 'people', name, asked))
    const had = source.name ?? source.email ?? source.id
    if (name !== had) findings.push(finding('renamed', 'people', had, name))
    const contact = (kind: keyof typeof CONTACTS): string | null => {
      const value = source[kind]
      if (
        value === null ||
        (CONTACTS[kind].test(value) && (PLAIN.test(value) || (kind === 'email' && !/\p{C}/u.test(value))))
      )
        return value
      findings.push(finding('contact', 'people', name, value))
      return null
    }
    people.set(source.id, {name, email: contact('email'), slack: contact('slack'), pagerduty: contact('pagerduty')})
  }
  return {people, findings}
}
