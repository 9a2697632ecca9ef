import type {Scalar} from 'yaml'
import type {FilePlace} from '../../domain/text/file-place.js'

/** Where the value of a scalar begins in the source: after its quote, or on the line after `|`. */
function contentStart(scalar: Scalar, source: string): number {
  const start = scalar.range?.[0] ?? 0
  if (scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED') return source.indexOf('\n', start) + 1
  return scalar.type?.startsWith('QUOTE') === true ? start + 1 : start
}

/**
 * Tells where a character of a scalar's value stands in its file. Folding, indentation and escapes only add characters to the source: it
 * is followed until the next one that is the same.
 */
export function valuePlaces(
  scalar: Scalar,
  source: string,
  placeOf: (position: number) => FilePlace,
): (offset: number) => FilePlace {
  const value = String(scalar.value)
  const end = scalar.range?.[1] ?? source.length
  const positions: number[] = []
  let position = contentStart(scalar, source)
  for (const character of value) {
    if (/\S/.test(character)) {
      const next = source.indexOf(character, position)
      position = next === -1 || next >= end ? position : next
    }
    positions.push(...Array<number>(character.length).fill(position))
    if (/\S/.test(character)) position += character.length
  }
  return (offset) => placeOf(positions[offset] ?? position)
}
