import type {BytePattern} from './byte-pattern.js'

const [BACKSLASH, FIRST_PRINTED] = [0x5c, 0x20]
/** What stands behind a backslash for a byte. */
const LETTERS: ReadonlyMap<number, string> = new Map([
  ...([0x22, 0x5c, 0x2f] as const).map((byte): [number, string] => [byte, String.fromCharCode(byte)]),
  ...([
    [8, 'b'],
    [9, 't'],
    [10, 'n'],
    [12, 'f'],
    [13, 'r'],
  ] as const),
])

function members(isIn: (byte: number) => boolean): BytePattern {
  return {kind: 'byte', members: Uint8Array.from({length: 256}, (_, byte) => Number(isIn(byte)))}
}

function text(bytes: string): readonly BytePattern[] {
  return Array.from(bytes, (letter) => members((byte) => byte === letter.charCodeAt(0)))
}

const ESCAPE = members((byte) => byte === BACKSLASH)
const HEXADECIMAL = members((byte) => /[\da-f]/i.test(String.fromCharCode(byte)))

function sequence(...parts: readonly BytePattern[]): BytePattern {
  return {kind: 'sequence', parts}
}

/** Characters that are spelled `\uXXXX` and are no control characters: whatever they stand for. */
const SPELLED_OUT: BytePattern = {
  kind: 'choice',
  parts: ['u', 'u0', 'u00'].map((start) => {
    const next = start === 'u00' ? '01' : '0'
    return sequence(
      ESCAPE,
      ...text(start),
      members((byte) => !next.includes(String.fromCharCode(byte))),
    )
  }),
}

function byteIn(wanted: Uint8Array): BytePattern {
  const isIn = (byte: number): boolean => wanted[byte] === 1
  const plain = members((byte) => isIn(byte) && byte >= FIRST_PRINTED && byte !== BACKSLASH)
  const letters = [...LETTERS].filter(([byte]) => isIn(byte)).map(([, letter]) => letter)
  const isControl = wanted.subarray(0, FIRST_PRINTED).includes(1)
  const parts = [
    plain,
    ...(letters.length === 0
      ? []
      : [
          sequence(
            ESCAPE,
            members((byte) => letters.includes(String.fromCharCode(byte))),
          ),
        ]),
    ...(isControl ? [sequence(ESCAPE, ...text('u00'), HEXADECIMAL, HEXADECIMAL)] : []),
  ]
  return parts.length === 1 ? plain : {kind: 'choice', parts}
}

function spelled(pattern: BytePattern): BytePattern {
  switch (pattern.kind) {
    case 'byte':
      return byteIn(pattern.members)
    case 'repeat':
      return {...pattern, part: spelled(pattern.part)}
    case 'choice':
    case 'sequence':
      return {...pattern, parts: pattern.parts.map(spelled)}
  }
}

/** What is found in a JSON string, as it is written there, wherever the pattern is found within the text that it stands for; and in others. */
export function jsonStringPattern(pattern: BytePattern): BytePattern {
  return {kind: 'choice', parts: [spelled(pattern), SPELLED_OUT]}
}
