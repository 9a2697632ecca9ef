import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {LogFrames} from '../../../../src/adapters/docker/log-frames.js'

const STAMP = '2026-11-23T06:00:00.123456789Z '

interface Frame {
  readonly stream: 1 | 2 | 3
  readonly text: string
}

function encode(frames: readonly Frame[]): Buffer {
  return Buffer.concat(
    frames.flatMap(({stream, text}) => {
      const payload = Buffer.from(text)
      const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0])
      header.writeUInt32BE(payload.length, 4)
      return [header, payload]
    }),
  )
}

function decode(bytes: Buffer, cuts: readonly number[], stamped = false): string {
  const frames = new LogFrames(stamped)
  const ends = [...new Set(cuts.map((at) => at % (bytes.length + 1)))].sort((first, second) => first - second)
  const chunks = [0, ...ends].map((from, index) => Buffer.from(bytes.subarray(from, ends[index] ?? bytes.length)))
  return Buffer.concat([...chunks.map((chunk) => Buffer.from(frames.push(chunk))), frames.end()]).toString('utf8')
}

describe('LogFrames', () => {
  it('gives what came before the engine’s own error, which is no line of the log', () => {
    const bytes = encode([
      {stream: 1, text: 'one\n'},
      {stream: 2, text: 'open'},
      {stream: 3, text: 'Error grabbing logs: '},
      {stream: 3, text: 'unexpected EOF\n'},
    ])
    for (let cut = 0; cut < bytes.length; cut += 1) {
      const frames = new LogFrames(false)
      const parts = [bytes.subarray(0, cut), bytes.subarray(cut)]
      const given = parts.map((part) => frames.push(Buffer.from(part)).toString('utf8')).join('')
      expect(given + frames.end().toString('utf8')).toBe('one\nopen')
      expect(() => {
        frames.refuseUnread()
      }).toThrow('Docker stopped reading it: unexpected EOF')
    }
    const whole = new LogFrames(false)
    whole.push(encode([{stream: 1, text: 'one\n'}]))
    expect(() => {
      whole.refuseUnread()
    }).not.toThrow()
  })

  it('gives the payload in order, cut anywhere', () => {
    const frame = fc.record({
      stream: fc.constantFrom(1 as const, 2 as const),
      text: fc.string().map((text) => `${text.replaceAll('\n', '')}\n`),
    })
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.nat(), {maxLength: 10}), (frames, cuts) => {
        expect(decode(encode(frames), cuts)).toBe(frames.map(({text}) => text).join(''))
      }),
    )
  })

  it('keeps the pieces of a long line together when the other stream comes between them', () => {
    const frames: readonly Frame[] = [
      {stream: 1, text: `${STAMP}long `},
      {stream: 2, text: `${STAMP}other\n`},
      {stream: 1, text: `${STAMP}line `},
      {stream: 2, text: `${STAMP}half `},
      {stream: 1, text: `${STAMP}ends\n`},
    ]
    const bytes = encode(frames)
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(decode(bytes, [at], true)).toBe(`${STAMP}other\n${STAMP}long line ends\n${STAMP}half `)
    }
  })

  it.each([
    ['another protocol', Buffer.from('HTTP/1.1 200 OK\r\n')],
    ['a frame cut short', encode([{stream: 1, text: 'hello\n'}]).subarray(0, -1)],
    ['a header cut short', Buffer.from([1, 0, 0])],
  ])('refuses %s', (_, bytes) => {
    expect(() => decode(bytes, [])).toThrow(expect.objectContaining({code: 'badAnswer'}))
  })

  it('gives a line without end out in parts', () => {
    const frames = new LogFrames(false)
    const piece = encode([{stream: 1, text: 'x'.repeat(600_000)}])
    expect(frames.push(Buffer.from(piece))).toHaveLength(0)
    expect(frames.push(piece)).toHaveLength(1_200_000)
  })
})
