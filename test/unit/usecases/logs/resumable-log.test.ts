import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {LogSource} from '../../../../src/ports/log-source.js'
import {resumableLog} from '../../../../src/usecases/logs/resumable-log.js'
import {aContainer} from '../../../support/builders/container.js'

const CONTAINER = aContainer({id: 'a1'})
const START = Date.UTC(2026, 10, 23, 6)
const SIGNAL = new AbortController().signal

interface Line {
  readonly stamp: string
  readonly text: string
}

function lineAt(time: string): Line {
  return {stamp: `2026-11-23T06:00:00.${time.replace('.', '')}000Z`, text: time}
}

/** Lines as several threads log them: many within a microsecond, some a little out of order. */
const LINES = fc
  .array(fc.record({step: fc.integer({min: -3, max: 40}), text: fc.stringMatching(/^[ -~]{0,12}$/)}), {maxLength: 60})
  .map((steps) => {
    let micros = 0
    return steps.map(({step, text}, index): Line => {
      micros = Math.max(0, micros + step * 500)
      const milliseconds = new Date(START + Math.floor(micros / 1000)).toISOString().slice(0, -1)
      return {stamp: `${milliseconds}${String(micros % 1000).padStart(3, '0')}000Z`, text: `${String(index)} ${text}`}
    })
  })

/** The whole log from `since` on, in chunks, of which each reading gets as many bytes as it is given before the connection breaks. */
function breakingSource(lines: readonly Line[], allowances: readonly number[], chunk: number): LogSource {
  const left = [...allowances]
  return {
    read: async function* (_container, {since, tail}) {
      const wanted = lines
        .slice(tail === undefined ? 0 : -tail)
        .filter(({stamp}) => since === undefined || Date.parse(stamp) / 1000 >= since - 0.0005)
      const bytes = Buffer.from(wanted.map(({stamp, text}) => `${stamp} ${text}\n`).join(''))
      const end = left.shift() ?? bytes.length
      for (let at = 0; at < Math.min(end, bytes.length); at += chunk) {
        await Promise.resolve()
        yield bytes.subarray(at, Math.min(at + chunk, end))
      }
      if (end < bytes.length) throw new Error('cut')
    },
  }
}

/** Whole lines alone, as the search takes them from a log that was cut. */
async function wholeLines(log: LogSource, follow: boolean, tail?: number): Promise<readonly string[]> {
  const chunks: Buffer[] = []
  const range = {follow, stamped: true, ...(tail === undefined ? {} : {tail})}
  try {
    for await (const chunk of log.read(CONTAINER, range, SIGNAL)) chunks.push(Buffer.from(chunk))
  } catch (error) {
    if (!(error instanceof Error && error.message === 'cut')) throw error
  }
  const text = Buffer.concat(chunks).toString('utf8')
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)
  return lines.map((line) => line.slice(line.indexOf(' ') + 1))
}

describe('resumableLog', () => {
  it('gives each line once and in order, wherever and however often the connection is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        LINES,
        fc.array(fc.integer({min: 0, max: 2500}), {maxLength: 8}),
        fc.integer({min: 1, max: 300}),
        async (lines, allowances, chunk) => {
          const log = resumableLog(breakingSource(lines, allowances, chunk))
          const got: string[] = []
          for (let reading = 0; reading <= allowances.length; reading += 1) got.push(...(await wholeLines(log, true)))
          expect(got).toEqual(lines.map(({text}) => text))
        },
      ),
      // A second line that is older than the first, after a cut between them.
      {examples: [[[lineAt('000.500'), lineAt('000.000')], [39], 1]]},
    )
  })

  it('goes on after the past that was read, and gives nothing that is older', async () => {
    await fc.assert(
      fc.asyncProperty(LINES, fc.integer({min: 1, max: 5}), async (lines, tail) => {
        const sorted = lines.toSorted((one, other) => (one.stamp < other.stamp ? -1 : 1))
        const times = new Set(sorted.map(({stamp}) => stamp))
        fc.pre(times.size === sorted.length)
        const log = resumableLog(breakingSource(sorted, [], 50))
        const past = await wholeLines(log, false, tail)
        expect(past).toEqual(sorted.slice(-tail).map(({text}) => text))
        expect(await wholeLines(log, true)).toEqual([])
      }),
    )
  })
})
