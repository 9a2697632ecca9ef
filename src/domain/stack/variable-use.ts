/** A piece of a text in a Compose file: as it stands there, or what variables put into it. */
export type VariablePiece =
  | {readonly literal: string}
  | {
      readonly variables: readonly string[]
      /** None of them is set. */
      readonly isUnset: boolean
      /** What Compose would put there now. */
      readonly value: string
    }

/** Where a service's definition uses variables. */
export interface VariableUse {
  readonly service: string
  /** Of the text in the service's definition: `['environment', 'RELEASE']`, `['command', '2']`. */
  readonly at: readonly string[]
  readonly pieces: readonly VariablePiece[]
}

/** How what a container was made with differs from what variables say now. */
export interface VariableDifference {
  /** Nothing sets them now, and another value than their default runs. */
  readonly lost: readonly string[]
  /** They are set to another value than the one that runs. */
  readonly changed: readonly string[]
}

/** Beyond these nothing is compared, so that no text takes long. */
const MOST_PIECES = 17
const MOST_CHARACTERS = 4096

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

/** What stands in the running text where the variables stand; null when another text was written there then, or nothing can be told. */
function runningParts(pieces: readonly VariablePiece[], running: string): readonly string[] | null {
  if (pieces.length > MOST_PIECES || running.length > MOST_CHARACTERS) return null
  const source = pieces.map((piece) => ('literal' in piece ? escaped(piece.literal) : '([^]*?)')).join('')
  return new RegExp(`^${source}$`).exec(running)?.slice(1) ?? null
}

const NONE: VariableDifference = {lost: [], changed: []}

/**
 * `running`: what the container was made with, as each of the ways in which it can be written there; empty when it was made without.
 * That a text was written that the pieces cannot come to is no difference of variables.
 */
export function variableDifference({pieces}: VariableUse, running: readonly string[]): VariableDifference {
  const references = pieces.filter((piece) => 'value' in piece)
  const all = (running.length === 0 ? [''] : running).flatMap((text) => {
    const parts = runningParts(pieces, text)
    return parts === null ? [] : [references.filter(({value}, index) => value !== parts[index])]
  })
  const other = all.find(({length}) => length === 0) ?? all[0] ?? []
  if (other.length === 0) return NONE
  return {
    lost: other.filter(({isUnset}) => isUnset).flatMap(({variables}) => variables),
    changed: other.filter(({isUnset}) => !isUnset).flatMap(({variables}) => variables),
  }
}
