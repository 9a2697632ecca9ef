import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {exitCodeOfVerdict} from '../../src/cli/process/exit-codes.js'
import {ours, screenText} from '../../src/cli/process/screen.js'
import type {DocumentName} from '../../src/render/json/documents.js'
import {PLAIN, type Style} from '../../src/render/text/style.js'
import {DOCUMENTS} from '../support/documents/documents.js'
import {screensOf} from '../support/documents/screens.js'

const FOLDER = join(repositoryRoot, 'test', 'golden', 'screens')
/** What is no page for people: lines that were streamed before, files. */
const WITHOUT: readonly DocumentName[] = ['log-export', 'slo-rules']
const NAMES = (Object.keys(DOCUMENTS).sort() as DocumentName[]).filter((name) => !WITHOUT.includes(name))

const CODES = {bold: 1, dim: 2, good: 32, warn: 33, bad: 31, accent: 36} as const
type Tone = keyof typeof CODES

function painted(code: number): (text: string) => string {
  return ours((text) => `\x1b[${String(code)}m${text}\x1b[0m`)
}

const COLOUR = Object.fromEntries(Object.entries(CODES).map(([tone, code]) => [tone, painted(code)])) as Pick<
  Style,
  Tone
>

/** Colours as a reader of the golden file sees them: `⟦bad⟧down⟦/⟧`. */
function named(text: string): string {
  const tones = new Map(Object.entries(CODES).map(([tone, code]) => [String(code), tone]))

  return text.replaceAll(/\x1b\[(\d+)m/g, (_, code: string) => `⟦${tones.get(code) ?? '/'}⟧`)
}

const WIDE: Style = {...PLAIN, width: 100, edge: true}
const LOOKS: Readonly<Record<string, Style>> = {
  '60': {...WIDE, width: 60},
  '100': WIDE,
  '100-colour': {...WIDE, ...COLOUR},
  '140': {...WIDE, width: 140},
}

/** One page of all that a command shows; what looks as it does at 100 columns is not written again. */
async function pageOf(name: DocumentName, style: Style): Promise<string> {
  const screens = await screensOf(name)
  const pages = screens.flatMap(({situation, verdict, render}) => {
    const title = `──── ${situation} · ${verdict}, exit ${String(exitCodeOfVerdict(verdict))} `.padEnd(100, '─')
    const shown = render(style)
    if (shown === null) return []
    if (style !== WIDE && shown === render(WIDE)) return `${title}\nas at 100 columns\n`
    return `${title}\n${named(screenText(shown)).trimEnd()}\n`
  })
  return pages.join('\n')
}

/** The committed page; with `UPDATE_GOLDEN=1` it becomes `actual` first, for the diff to be read. */
function goldenPage(file: string, actual: string): string {
  if ((process.env['UPDATE_GOLDEN'] ?? '') !== '') {
    mkdirSync(dirname(file), {recursive: true})
    writeFileSync(file, actual)
  }
  return readFileSync(file, 'utf8')
}

describe.each(NAMES)('the screens of %s', (name) => {
  it.each(Object.entries(LOOKS))('at %s columns are as reviewed', async (look, style) => {
    const actual = await pageOf(name, style)
    expect(actual).toBe(goldenPage(join(FOLDER, name, `${look}.txt`), actual))
  })
})
