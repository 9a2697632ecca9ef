import type {RE2JS} from 're2js'

/** What is used of re2js's automata: sets of instructions (its states), and a table of what follows each of them, by class of characters. */
interface State {
  readonly nfaStates: readonly number[]
  readonly isMatch: boolean
}

interface Automaton {
  readonly prog: {
    readonly start: number
    readonly numInst: () => number
    readonly getInst: (pc: number) => {
      readonly op: number
      readonly out: number
      /** Pairs of the first and the last character of a range; one character stands alone. */
      readonly runes: Int32Array
      readonly matchRune: (rune: number) => boolean
    }
  }
  readonly classBounds: Int32Array
  stateBudget: number
  memBudget: number
  readonly closure: (pcs: readonly number[], flag: number) => {readonly pcs: readonly number[]}
  readonly makeState: (pcs: readonly number[], flag: number, ids: readonly number[]) => State | null
  readonly step: (state: State, characters: number, rune: number, anchor: number) => State | null
  readonly clearCache: () => void
}

const UNANCHORED = 0
const END_OF_TEXT = -1
const BEGIN_LINE_AND_TEXT = 1 | 4
const EVERY_CONDITION = 255
/** `RUNE` to `RUNE_ANY_NOT_NL`: instructions that take a character. */
const [FIRST_TAKER, LAST_TAKER] = [8, 11]

/** Bytes of remembered states. A few hundred of them fit, as most expressions need; making ever more costs more than going on without. */
const MOST_REMEMBERED = 262_144
/** Bytes of a table that is whole: nothing is ever made anew. */
const MOST_OF_WHOLE = 8_388_608
/** Instructions that are looked at until a table is whole: some 50 ms. */
const MOST_WORK = 500_000

/** What a character of a text may cost where no table is whole, in instructions that take one character: some 10 ns each. */
export const MOST_COST = 64

function automatonOf(expression: RE2JS): Automaton {
  return expression.re2().dfa
}

/** Keeps a text of any kind from making states without end. */
export function bounded(expression: RE2JS): RE2JS {
  const automaton = automatonOf(expression)
  automaton.stateBudget = automaton.memBudget = MOST_REMEMBERED
  return expression
}

/** A character of each class, and the end of the text: of those in a class, every instruction takes all or none. */
function charactersOf({classBounds}: Automaton): readonly number[] {
  return [0, ...classBounds, END_OF_TEXT]
}

/** One for the instruction; ranges of characters are searched. */
function costOf({op, runes}: ReturnType<Automaton['prog']['getInst']>): number {
  return op === FIRST_TAKER && runes.length > 1 ? 1 + Math.log2(1 + runes.length / 2) : 1
}

/**
 * The most that a character of a text can cost, in instructions that take one character, wherever a match may begin: the sum over those that
 * are alive after any one character. A bound: all that one character leads to is taken for reachable at once, and every condition of place
 * for met.
 */
export function costOfCharacter(expression: RE2JS): number {
  const automaton = automatonOf(expression)
  const {prog} = automaton
  const all = Array.from({length: prog.numInst()}, (_, pc) => prog.getInst(pc))
  const takers = all.filter(({op}) => op >= FIRST_TAKER && op <= LAST_TAKER)
  const after = (rune: number): number => {
    const next = takers.filter((taker) => taker.matchRune(rune)).map(({out}) => out)
    const alive = automaton.closure([...next, prog.start], EVERY_CONDITION).pcs
    return alive.reduce((sum, pc) => sum + costOf(prog.getInst(pc)), 0)
  }
  return Math.max(...charactersOf(automaton).map(after))
}

/** Makes every state that a text can lead to until it is found, and what follows it; false when that is too much. */
function makeAll(automaton: Automaton): boolean {
  const characters = charactersOf(automaton)
  const first = automaton.makeState([automaton.prog.start], BEGIN_LINE_AND_TEXT, [])
  if (first === null) return false
  const found = new Set([first])
  let work = 0
  for (const state of found) {
    for (const [index, rune] of characters.entries()) {
      const next = automaton.step(state, index, rune, UNANCHORED)
      if (next === null) return false
      work += state.nfaStates.length + next.nfaStates.length
      if (work > MOST_WORK) return false
      if (!next.isMatch && rune !== END_OF_TEXT) found.add(next)
    }
  }
  return true
}

/** Whether its whole table could be made, and is: then each character of a text is looked up once, whatever the expression. */
export function hasWholeTable(expression: RE2JS): boolean {
  const automaton = automatonOf(expression)
  automaton.stateBudget = automaton.memBudget = MOST_OF_WHOLE
  if (makeAll(automaton)) return true
  automaton.stateBudget = MOST_REMEMBERED
  automaton.clearCache()
  return false
}
