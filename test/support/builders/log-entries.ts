// Entries as the engine's drivers keep them in files.

export interface LogPiece {
  readonly stream: 'stdout' | 'stderr'
  /** With its line break, if the line ends with it. */
  readonly text: string
  readonly nanoseconds: bigint
}

/** RFC 3339 with nanoseconds. */
export function stamp(nanoseconds: bigint): string {
  const second = new Date(Number(nanoseconds / 1_000_000_000n) * 1000).toISOString().slice(0, 19)
  return `${second}.${String(nanoseconds % 1_000_000_000n).padStart(9, '0')}Z`
}

/** As the engine writes JSON: `<`, `>` and `&` escaped, zeros at the end of a fraction left away. */
export function jsonEntry({stream, text, nanoseconds}: LogPiece): Buffer {
  const time = stamp(nanoseconds).replace(/\.?0+Z$/, 'Z')
  const log = JSON.stringify(text).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)
  return Buffer.from(`{"log":${log},"stream":"${stream}","time":"${time}"}\n`)
}

function varint(value: bigint): Buffer {
  const bytes: number[] = []
  for (let left = value; ; left >>= 7n) {
    if (left < 128n) return Buffer.from([...bytes, Number(left)])
    bytes.push(Number(left & 127n) | 128)
  }
}

/** Of a protobuf message. */
export function field(number: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(BigInt(value.length)), value])
}

/** As a message between its lengths. */
export function localEntry({stream, text, nanoseconds}: LogPiece): Buffer {
  const ends = text.endsWith('\n')
  // What ends with a line break is a last piece now and then, as of a long line.
  const metadata =
    ends && nanoseconds % 2n === 0n ? [] : [Buffer.from([0x20, 1]), field(5, Buffer.from([8, Number(ends)]))]
  const message = Buffer.concat([
    field(1, Buffer.from(stream)),
    Buffer.from([0x10]),
    varint(nanoseconds),
    field(3, Buffer.from(ends ? text.slice(0, -1) : text)),
    ...metadata,
  ])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(message.length)
  return Buffer.concat([size, message, size])
}
