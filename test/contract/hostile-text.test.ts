import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {COMMAND_TABLE} from '../../src/cli/frame/command-table.js'
import {hostileLines, type Line} from '../support/hostile/commands.js'
import {NOT_SHOWN, SHOWN} from '../support/hostile/fields.js'
import {harmIn} from '../support/hostile/harmless.js'
import type {Printed} from '../support/hostile/in-process.js'
import {portStrings} from '../support/hostile/port-strings.js'
import {evil, evilLine, HOSTILE, markers} from '../support/hostile/texts.js'
import {hostileWorld, type WorldKind} from '../support/hostile/world.js'

const WORLDS: readonly WorldKind[] = ['answering', 'failing', 'locked']

interface Told extends Printed {
  readonly line: Line
  readonly world: WorldKind
}

/** Told in a sentence of faci's, or a line at a time: written out there, in JSON too. */
const IN_SENTENCES: ReadonlySet<string> = new Set([
  ...[
    'LoadedRules!',
    'Metrics!',
    'Engine!',
    'Compose!',
    'HttpAnswer.body',
    'HealthProber.run.output',
    'LeaseHolder.operator',
    'LeaseHolder.reason',
  ],
  ...['ChangeOutcome.output', 'Compose.apply(line)', 'Problem.message'],
  ...['DefinedRule.expression.refused.problem.near', 'Refusal.fault.key', 'Refusal.fault.name'],
  ...['Refusal.fault.pattern', 'Refusal.fault.text', 'SaidOfRules.said', 'RuleChecker.check.why'],
  // A name of a file each, as long as one can be.
  'StoreContents.foreign',
  // Paths, which are made whole ones.
  ...['Container.composeFiles', 'Container.envFiles', 'ComposeProject.files'],
  ...['RunEvent.takenFrom', 'RunEvent.how', 'RunEvent.problems', 'UnreadableEntry.id'],
])

/** Where nothing answers, what is typed changes nothing; where another holds the lock, only who asks for it hears of it. */
function isFor(world: WorldKind, {argv, isTyped}: Line): boolean {
  if (world === 'answering') return true
  if (isTyped) return false
  return world === 'failing' ? !argv.includes('--yes') : ['restart', 'status'].includes(argv[0] ?? '')
}

const told: Told[] = []
let lines: readonly Line[]

beforeAll(async () => {
  lines = await hostileLines()
  for (const kind of WORLDS) {
    const world = await hostileWorld(kind)
    for (const line of lines.filter((one) => isFor(kind, one)))
      told.push({line, world: kind, ...(await world.run(line.argv))})
    await world.close()
  }
}, 900_000)

afterAll(() => {
  told.length = 0
})

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => [name, ...stringsIn(one)])
}

function documentsOf({line: {kind}, stdout}: Told): readonly unknown[] {
  if (stdout === '' || (kind !== 'json' && kind !== 'ndjson')) return []
  const texts = kind === 'json' ? [stdout] : stdout.trim().split('\n')
  return texts.map((text): unknown => JSON.parse(text))
}

describe(`${String(HOSTILE.length)} hostile texts in every text of every port`, () => {
  it('knows every text that a port can give', () => {
    const listed = [...SHOWN, ...Object.values(NOT_SHOWN).flat()]
    const fields = portStrings()
    expect(
      fields.filter((field) => !listed.includes(field)),
      'new texts of ports: write evil(FIELD) where a world in test/support/hostile/world.ts says it, and list FIELD in fields.ts',
    ).toEqual([])
    expect(
      listed.filter((field) => !fields.includes(field)),
      'no port gives these any more: take them out of test/support/hostile/fields.ts',
    ).toEqual([])
    expect(new Set(listed).size, 'a field is listed twice').toBe(listed.length)
  })

  it('types every command, in every output', () => {
    const typed = new Set(lines.map(({id}) => id))
    expect([...typed].sort()).toEqual(Object.keys(COMMAND_TABLE).sort())
    expect(told.length).toBeGreaterThan(250)
  })

  it('sees each field come out', () => {
    const all = told
      .map(({stdout, stderr}) => stdout + stderr)
      .join('')
      .replaceAll(/\s/g, '')
    const marks = markers()
    const unseen = SHOWN.filter((field) => !all.includes(marks.get(field) ?? 'nothing that a world says'))
    expect(unseen, 'no command shows these: say why in fields.ts, or type one that does in commands.ts').toEqual([])
  })

  it('has no bug, and is not stopped at the door', () => {
    const broken = told.filter(
      ({exitCode, stdout, stderr}) => exitCode === 1 || /configInvalid|faci has a bug/.test(stdout + stderr),
    )
    expect(broken.map(({line: {argv}}) => argv.join(' '))).toEqual([])
  })

  it('obeys none of them', () => {
    const harm = told.flatMap((one) => {
      const found = harmIn(one.line, one)
      const words = one.line.argv.map((word) => (word.length > 30 ? '…' : word)).join(' ')
      return found.length === 0 ? [] : [`${one.world}: faci ${words}: ${found.join('; ')}`]
    })
    expect(harm).toEqual([])
  })

  it('leaves what is in a JSON document as it was', () => {
    const values = new Set(told.flatMap((one) => documentsOf(one).flatMap(stringsIn)))
    const changed = [...markers()].filter(([field, mark]) => {
      const own = [...values].filter((value) => value.includes(mark))
      // No argument of a process can hold a NUL.
      const wholes = [
        evil(field),
        evilLine(field).trim(),
        ...(field === 'argv' ? [evil(field).replaceAll('\0', '')] : []),
      ]
      const isWhole = (value: string): boolean => wholes.some((whole) => value.includes(whole))
      return own.length > 0 && !IN_SENTENCES.has(field) && !own.some(isWhole)
    })
    expect(changed.map(([field]) => field)).toEqual([])
    const query = told.find(({line: {argv}, world}) => world === 'answering' && argv.join(' ') === 'query up --json')
    const {data} = JSON.parse(query?.stdout ?? '') as {
      data: {samples: readonly {labels: Readonly<Record<string, string>>}[]}
    }
    expect(data.samples.flatMap(({labels}) => labels['evil'] ?? [])).toEqual(expect.arrayContaining([...HOSTILE]))
  })
})
