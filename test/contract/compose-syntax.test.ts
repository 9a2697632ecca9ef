import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import fc from 'fast-check'
import {afterAll, describe, expect, it} from 'vitest'
import {composeCommand} from '../../service/stack/compose-command.js'
import {parseDotenv} from '../../src/formats/compose/dotenv.js'
import {interpolate} from '../../src/formats/compose/interpolate.js'

const VARIABLES = {A: 'va', E: '', a: 'low', _X: 'u', D: '$A'}

const folder = mkdtempSync(join(tmpdir(), 'faci-compose-syntax-'))
afterAll(() => {
  rmSync(folder, {recursive: true, force: true})
})

const {argv, env} = await composeCommand('v2')

/** What Compose makes of texts in a Compose file, beside this `.env`; null when it refuses the file. */
async function composed(texts: readonly string[], dotenv = ''): Promise<readonly string[] | null> {
  const environment = Object.fromEntries(texts.map((text, index) => [`V${String(index)}`, text]))
  writeFileSync(join(folder, 'compose.yaml'), JSON.stringify({services: {s: {image: 'i', environment}}}))
  writeFileSync(join(folder, '.env'), dotenv)
  const [file, ...rest] = argv
  const {PATH = '', HOME = ''} = process.env
  const {exitCode, stdout} = await execa(file, [...rest, 'config', '--format', 'json'], {
    ...{cwd: folder, reject: false, stdin: 'ignore', extendEnv: false},
    env: {PATH, HOME, ...env, ...VARIABLES},
  })
  if (exitCode !== 0) return null
  const read = JSON.parse(stdout) as {services: {s: {environment: Record<string, string>}}}
  // It prints a file that says the same once more.
  return texts.map((_, index) => (read.services.s.environment[`V${String(index)}`] ?? '').replaceAll('$$', '$'))
}

function ours(text: string): string | null {
  try {
    return interpolate(text, VARIABLES)
  } catch {
    return null
  }
}

const PARTS = [
  '$',
  '$$',
  '{',
  '}',
  '${',
  'A',
  'U',
  'E',
  '$A',
  '${A}',
  '${U:-',
  '${E-',
  '${A:+',
  '${E+',
  '${D}',
  ':',
  'x',
  ' ',
  'é',
  '1',
  '.',
]

describe('the variables of faci.yml and those of Compose', () => {
  const templates = fc.array(fc.constantFrom(...PARTS), {minLength: 1, maxLength: 9}).map((parts) => parts.join(''))

  it('are the same in any text', async () => {
    const texts = [...new Set(fc.sample(templates, 1500))].filter((text) => ours(text) !== null)
    expect(texts.length).toBeGreaterThan(300)
    const made = await composed(texts)
    expect(made?.map((value, index) => [texts[index], value])).toEqual(texts.map((text) => [text, ours(text)]))
  })

  it.each([
    '${A',
    '${',
    '${1}',
    '${}',
    '${A }',
    '${A:x}',
    '${A.b}',
    '${U:?say}',
    '${E:?say}',
    '${U:-${}',
    '${#A}',
    '${A:-${é}}',
    '${A-${U:?say}}',
  ])('are an error in both in %s', async (text) => {
    expect([ours(text), await composed([text])]).toEqual([null, null])
  })
})

describe('a .env file of faci and of Compose', () => {
  const value = fc
    .array(
      fc.constantFrom(
        'a',
        'b c',
        '#',
        ' #',
        '=',
        ':',
        '$A',
        '${A}',
        '${K0:-d}',
        '$$',
        "'",
        '"',
        '\\',
        '\\n',
        '\\$',
        '{',
        'é',
        '`',
        ';',
      ),
      {
        maxLength: 6,
      },
    )
    .map((parts) => parts.join(''))
    // Compose refuses a file with one that is no reference.
    .filter((text) => !/\$\{(?!A\}|K0:-d\})/.test(text.replaceAll('$$', '')))
  const statement = fc.oneof(
    value.filter((text) => !/^\s*["']/.test(text)),
    value.map((text) => `"${text.replaceAll(/["\\]/g, '')}" # note`),
    value.map((text) => `'${text.replaceAll(/['\\]/g, '')}'`),
    fc.constantFrom('"a\\nb\\t\\"c\\" \\\\ \\$A"', '"two\nlines"', "'two\nlines'", "'it\\'s'", '', '""', ' spaced  '),
  )
  const heads = ['', 'export ', '  ']
  const links = ['=', ' = ', ': ', '=\t']

  it('say the same', async () => {
    const values = fc.sample(fc.tuple(fc.constantFrom(...heads), fc.constantFrom(...links), statement), 400)
    const lines = values.map(([head, link, text], index) => `${head}K${String(index)}${link}${text}`)
    const file = `\uFEFF# first\n${lines.join('\n\n')}\n`
    const made = await composed(
      values.map((_, index) => `\${K${String(index)}-none}`),
      file,
    )
    const read = parseDotenv(file, VARIABLES)
    expect(made).not.toBeNull()
    expect(made?.map((text, index) => [lines[index], text])).toEqual(
      lines.map((line, index) => [line, read[`K${String(index)}`] ?? 'none']),
    )
  })

  it('has its lines passed over that Compose would not take', () => {
    expect(parseDotenv('K=v\nbad line\n!x=1\nQ="open\nL=${U:?e}\nM=${\nN=n')).toEqual({K: 'v', N: 'n'})
  })

  it('hands on what is named alone', () => {
    expect(parseDotenv('A\nNONE\nB=b\n', VARIABLES)).toEqual({A: 'va', B: 'b'})
  })
})
