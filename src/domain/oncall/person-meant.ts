import type {Person} from './rota.js'

/** Who of a rota is meant by what was typed. */
export type PersonMeant =
  | {readonly kind: 'one'; readonly name: string}
  /** By their names, in the order of the rota. */
  | {readonly kind: 'several'; readonly names: readonly string[]}
  | {readonly kind: 'nobody'}

type Known = Pick<Person, 'name' | 'email' | 'slack' | 'pagerduty'>

/** As people compare names: without accents, case and double spaces. */
function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().split(/\s+/).join(' ').trim()
}

function handlesOf({email, slack, pagerduty}: Known): readonly string[] {
  return [email, email?.split('@', 1)[0], slack, pagerduty].flatMap((handle) => (handle ? [folded(handle)] : []))
}

function wordsOf({name}: Known): readonly string[] {
  return folded(name).split(/[\s.-]+/)
}

/** How people are called, the surest first: where one of these means somebody, those below are not asked. */
const WAYS: readonly ((person: Known, typed: string) => boolean)[] = [
  ({name}, typed) => name === typed.trim(),
  ({name}, typed) => folded(name) === folded(typed),
  (person, typed) => handlesOf(person).includes(folded(typed).replace(/^@/, '')),
  (person, typed) => wordsOf(person).includes(folded(typed)),
]

/** What begins so is the whole of it only where somebody of the rota must be meant. */
const BEGINS: (typeof WAYS)[number] = (person, typed) =>
  [folded(person.name), ...wordsOf(person), ...handlesOf(person)].some((word) => word.startsWith(folded(typed)))

/**
 * By the name; without accents and case; by the mail address, what stands before its @, or the id in Slack or PagerDuty; by one of several
 * names; with `mayBegin` also by a beginning of any of them.
 */
export function personMeant(people: readonly Known[], typed: string, mayBegin: boolean): PersonMeant {
  if (folded(typed) === '') return {kind: 'nobody'}
  for (const isMeant of mayBegin ? [...WAYS, BEGINS] : WAYS) {
    const names = [...new Set(people.filter((person) => isMeant(person, typed)).map(({name}) => name))]
    const [name] = names
    if (name !== undefined) return names.length === 1 ? {kind: 'one', name} : {kind: 'several', names}
  }
  return {kind: 'nobody'}
}
