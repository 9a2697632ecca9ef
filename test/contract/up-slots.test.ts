import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {eventQueries} from '../../src/domain/slo/event-queries.js'
import {everSeen, seenSince, upShare} from '../../src/domain/signals/up-slots.js'
import {availableTool, runTool} from './rules/available-tool.js'

/** Scraped every 5 s, as the shipped stack is; looked at after two hours, over the last one. */
const SCRAPE_SECONDS = 5
/** In scrapes of the shipped stack: every two minutes, and Prometheus's default of once a minute. */
const EVERY = {rare: 24, minutely: 12} as const
const END_SECONDS = 7200
const HOUR = 3600

type Spell = readonly [seconds: number, what: 'up' | 'down' | 'nothing' | 'vanished' | 'rare' | 'minutely']

/** As promtool writes samples: a target that vanishes from discovery is marked as stale at the scrape that it misses. */
function values(spells: readonly Spell[]): string {
  const written = {up: '1', down: '0', nothing: '_', vanished: '_', rare: '_', minutely: '_'}
  return spells
    .flatMap(([seconds, what]) => {
      const scrapes = seconds / SCRAPE_SECONDS
      return Array.from({length: scrapes}, (_, index) => {
        if ((what === 'rare' || what === 'minutely') && index % EVERY[what] === 0) return '1'
        return what === 'vanished' && index === 0 ? 'stale' : written[what]
      })
    })
    .join(' ')
}

function series(job: string, instance: string, spells: readonly Spell[]) {
  return {series: `up{job="${job}", instance="${instance}"}`, values: values([...spells])}
}

const rest = (...spells: readonly Spell[]): readonly Spell[] => {
  const used = spells.reduce((sum, [seconds]) => sum + seconds, 0)
  return [...spells, [END_SECONDS + SCRAPE_SECONDS - used, spells.at(-1)?.[1] === 'nothing' ? 'nothing' : 'up']]
}
const PROMETHEUS = series('prometheus', 'p', rest([HOUR, 'up']))
const BEFORE: Spell = [5000, 'up']

interface Case {
  readonly name: string
  readonly input: readonly {readonly series: string; readonly values: string}[]
  /** Seconds of the last hour. */
  readonly up: number | null
  readonly known: number | null
  /** Seconds of downtime that may be missed where a target vanished unseen: it is waited for that long. */
  readonly unseen?: number
  /** When its first sample was; null: there is none. */
  readonly first?: number | null
}

const CASES: readonly Case[] = [
  {
    name: 'the API is killed for 135 s: its target leaves discovery (96.25 %)',
    input: [series('api', 'a', rest(BEFORE, [135, 'vanished'])), PROMETHEUS],
    ...{up: HOUR - 135, known: HOUR},
  },
  {
    name: 'it is scraped in vain for 135 s',
    input: [series('api', 'a', rest(BEFORE, [135, 'down'])), PROMETHEUS],
    ...{up: HOUR - 135, known: HOUR},
  },
  {
    name: 'docker rm: it is down until now',
    input: [series('api', 'a', [BEFORE, [END_SECONDS - 5000 + SCRAPE_SECONDS, 'vanished']]), PROMETHEUS],
    ...{up: 1400, known: HOUR},
  },
  {
    name: 'it has been gone for longer than the window',
    input: [
      series('api', 'a', [
        [1000, 'up'],
        [END_SECONDS - 1000 + SCRAPE_SECONDS, 'vanished'],
      ]),
      PROMETHEUS,
    ],
    ...{up: 0, known: HOUR},
  },
  {
    name: 'Prometheus is killed for 20 minutes: not known, and no downtime',
    input: [
      series('api', 'a', rest(BEFORE, [1200, 'nothing'], [END_SECONDS - 6200 + SCRAPE_SECONDS, 'up'])),
      series('prometheus', 'p', rest(BEFORE, [1200, 'nothing'], [END_SECONDS - 6200 + SCRAPE_SECONDS, 'up'])),
    ],
    ...{up: HOUR - 1200, known: HOUR - 1200},
  },
  {
    name: 'Prometheus is killed for two minutes, in which the API vanishes for ten: no marker says so',
    input: [
      series('api', 'a', rest(BEFORE, [600, 'nothing'], [END_SECONDS - 5600 + SCRAPE_SECONDS, 'up'])),
      series('prometheus', 'p', rest(BEFORE, [120, 'nothing'], [END_SECONDS - 5120 + SCRAPE_SECONDS, 'up'])),
    ],
    ...{up: HOUR - 600, known: HOUR - 120, unseen: 40},
  },
  {
    name: 'Prometheus is killed for a minute, in which the API vanishes for ten: too short a death to be seen',
    input: [
      series('api', 'a', rest(BEFORE, [600, 'nothing'], [END_SECONDS - 5600 + SCRAPE_SECONDS, 'up'])),
      series('prometheus', 'p', rest(BEFORE, [60, 'nothing'], [END_SECONDS - 5060 + SCRAPE_SECONDS, 'up'])),
    ],
    ...{up: HOUR - 600, known: HOUR, unseen: 140},
  },
  {
    name: 'the same of a job that is scraped once a minute, as Prometheus does by default',
    input: [
      series('api', 'a', [
        [5040, 'minutely'],
        [600, 'nothing'],
        [END_SECONDS - 5640 + SCRAPE_SECONDS, 'minutely'],
      ]),
      series('prometheus', 'p', rest([5000, 'up'], [150, 'nothing'], [END_SECONDS - 5150 + SCRAPE_SECONDS, 'up'])),
    ],
    // Its last scrape before is at 4980, the first one after at 5640.
    ...{up: HOUR - 640, known: HOUR - 150, unseen: 60},
  },
  {
    name: 'it is scraped once a minute',
    input: [series('api', 'a', [[END_SECONDS + SCRAPE_SECONDS, 'minutely']]), PROMETHEUS],
    ...{up: HOUR, known: HOUR},
  },
  {
    name: 'it is scraped every two minutes',
    input: [series('api', 'a', rest([END_SECONDS, 'rare'])), PROMETHEUS],
    ...{up: HOUR, known: HOUR},
  },
  {
    name: 'three replicas become one',
    input: [
      series('api', 'a', rest(BEFORE)),
      series('api', 'b', [BEFORE, [END_SECONDS - 5000, 'vanished']]),
      series('api', 'c', [BEFORE, [END_SECONDS - 5000, 'vanished']]),
      PROMETHEUS,
    ],
    ...{up: HOUR, known: HOUR},
  },
  {
    name: 'one of two is scraped in vain',
    input: [series('api', 'a', rest(BEFORE)), series('api', 'b', rest(BEFORE, [600, 'down'])), PROMETHEUS],
    ...{up: HOUR, known: HOUR},
  },
  {
    name: 'a rolling up: the new one is there before the old one goes',
    input: [
      series('api', 'a', [BEFORE, [END_SECONDS - 5000, 'vanished']]),
      series('api', 'b', rest([4980, 'nothing'], [20, 'up'])),
      PROMETHEUS,
    ],
    ...{up: HOUR, known: HOUR},
  },
  {
    name: 'an up that recreates: 20 s without any',
    input: [
      series('api', 'a', [BEFORE, [END_SECONDS - 5000, 'vanished']]),
      series('api', 'b', rest([5020, 'nothing'], [20, 'up'])),
      PROMETHEUS,
    ],
    ...{up: HOUR - 20, known: HOUR},
  },
  {
    name: 'it is younger than the window: what was before is not known',
    input: [series('api', 'a', rest([6000, 'nothing'], [20, 'up'])), PROMETHEUS],
    ...{up: 1200, known: 1200, first: 6000},
  },
  {
    name: 'it is two minutes old',
    input: [series('api', 'a', rest([7080, 'nothing'], [20, 'up'])), PROMETHEUS],
    ...{up: 120, known: 120, first: 7080},
  },
  {name: 'it was never there', input: [PROMETHEUS], up: null, known: null, first: null},
]

const promtool = await availableTool('promtool')
const here = mkdtempSync(join(tmpdir(), 'faci-up-'))
afterAll(() => {
  rmSync(here, {recursive: true, force: true})
})

/** `PASS` of promtool when the expression is that far from the wanted at most: it compares exactly. */
function within(expression: string, wanted: number | null, slack: number) {
  if (wanted === null) return {expr: expression, eval_time: '2h', exp_samples: []}
  return {
    expr: `abs((${expression}) - ${wanted}) <= bool ${slack}`,
    eval_time: '2h',
    exp_samples: [{labels: '{}', value: 1}],
  }
}

function agreeing(expression: string, other: string | null) {
  if (other === null) return {expr: expression, eval_time: '2h', exp_samples: []}
  return {
    expr: `abs((${expression}) - (${other})) < bool 1e-9`,
    eval_time: '2h',
    exp_samples: [{labels: '{}', value: 1}],
  }
}

/** Where the job's age is known no slot from before it is looked at, and the answer is the same. */
function clippedAgrees(known: number | null, first: number | null) {
  const {seen, ageSeconds} = seenSince(first, END_SECONDS)
  const [whole, clipped] = [{}, {ageSeconds}].map((age) => eventQueries({kind: 'up'}, {job: 'api', seen, ...age}))
  const before = 6300
  return (['total', 'part'] as const).flatMap((count) =>
    [
      {range: '[1h]', isThere: known !== null},
      {range: `[1h] @ ${before}`, isThere: known !== null && (first ?? 0) <= before},
    ].map(({range, isThere}) =>
      agreeing(clipped?.[count](range) ?? '', isThere ? (whole?.[count](range) ?? '') : null),
    ),
  )
}

describe('seconds in which a job was up: known answers', () => {
  const {part, total} = eventQueries({kind: 'up'}, {job: 'api', seen: everSeen('api', END_SECONDS)})
  it.skipIf(promtool === undefined).each(CASES)(
    '$name',
    async ({input, up, known, unseen = SCRAPE_SECONDS, first = 0}) => {
      // Prometheus' own death shows when it has scraped nothing for 75 s; its first 75 s after that are not counted either.
      const slack =
        known === 1200 ? 305 : [HOUR - 1200, HOUR - 120, HOUR - 150].includes(known ?? 0) ? 90 : 2 * SCRAPE_SECONDS
      const down = up === null || known === null ? null : known - up
      const tests = [
        {
          interval: `${SCRAPE_SECONDS}s`,
          input_series: input,
          promql_expr_test: [
            within(total('[1h]'), known, slack),
            within(`(${total('[1h]')}) - (${part('[1h]')})`, down, unseen),
            // The panel of the dashboard says the same of the same hour, digit for digit.
            agreeing(
              upShare('api', HOUR, END_SECONDS),
              known === null ? null : `(${part('[1h]')}) / (${total('[1h]')})`,
            ),
            ...clippedAgrees(known, first),
          ],
        },
      ]
      const file = join(here, 'test.json')
      writeFileSync(file, JSON.stringify({rule_files: [], evaluation_interval: '1m', tests}))
      const {exitCode, output} = await runTool(promtool, ['test', 'rules', file], here)
      expect(exitCode, output.slice(0, 2000)).toBe(0)
    },
  )
})
