import {readdir} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {closest, orMeant} from '../../domain/text/did-you-mean.js'
import type {ReadRunbook} from '../../domain/runbook/read-runbook.js'
import {misnamedText, renameCommand} from '../../domain/runbook/misnamed.js'
import type {RunbookSummary} from '../../domain/runbook/runbook-list.js'
import {readPlainText, whyUnreadable} from '../../files/plain-file.js'
import {fileTrust, type Trust} from '../../files/trust.js'
import type {Library, MisnamedRunbook} from '../../ports/library.js'
import {quickSummary} from '../../formats/runbook/quick-summary.js'
import {command} from '../../domain/text/shell-command.js'

const FILE = /^([a-z0-9][a-z0-9_-]*)\.md$/

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    const files = await readdir(directory)
    const names = files.map((file) => FILE.exec(file)?.[1]).filter((name) => name !== undefined)
    return names.sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw new FaciError('unreachable', `cannot read the runbooks in ${directory}`, {cause: error})
  }
}

const MARKDOWN = /\.(?:md|markdown)$/i
/** Pages about the folder, by custom: they are meant to be no runbooks. */
const ABOUT = /^(?:readme|contributing|changelog|license|code[_-]of[_-]conduct|security|_?index|template)\b/i
const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n/

/** As near to what was meant as a name can be; a number where that is taken. */
function typeable(file: string, taken: ReadonlySet<string>): string {
  const plain = file
    .replace(MARKDOWN, '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^[-_]+|-$/g, '')
  const base = plain === '' ? 'runbook' : plain
  let name = base
  for (let number = 2; taken.has(`${name}.md`); number += 1) name = `${base}-${String(number)}`
  return `${name}.md`
}

function textOf(file: string, trust: Trust): string {
  return readPlainText(file, (stats) => {
    trust.check(file, stats)
  })
}

/** Empty where nothing can be read, or nothing is to be believed: whoever reads that runbook is told why. */
function textOrNothing(file: string, trust: Trust): string {
  try {
    return textOf(file, trust)
  } catch {
    return ''
  }
}

async function misnamedIn(directory: string, trust: Trust): Promise<readonly MisnamedRunbook[]> {
  const entries = await readdir(directory, {withFileTypes: true}).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw new FaciError('unreachable', `cannot read the runbooks in ${directory}`, {cause: error})
  })
  const files = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []))
  const taken = new Set(files)
  const found: MisnamedRunbook[] = []
  for (const file of files.filter((name) => MARKDOWN.test(name) && !FILE.test(name)).sort()) {
    const isPlain = !FRONT_MATTER.test(textOrNothing(join(directory, file), trust))
    if (isPlain && ABOUT.test(file)) continue
    const rename = typeable(file, taken)
    taken.add(rename)
    found.push({file: join(directory, file), rename: join(directory, rename), isPlain})
  }
  return found
}

async function summarise(name: string, file: string, trust: Trust): Promise<RunbookSummary> {
  const text = textOrNothing(file, trust)
  const quick = quickSummary(name, text)
  if (quick !== null) return quick
  const {slowSummary} = await import('../../formats/runbook/slow-summary.js')
  return slowSummary(name, text)
}

async function missing(directory: string, name: string, trust: Trust): Promise<FaciError> {
  const [names, misnamed] = await Promise.all([namesIn(directory), misnamedIn(directory, trust)])
  const meant = misnamed.find(({file}) => basename(file).replace(MARKDOWN, '') === name.replace(MARKDOWN, ''))
  if (meant !== undefined)
    return new FaciError('notFound', misnamedText(meant.file), {suggestions: [renameCommand(meant.file, meant.rename)]})
  const near = closest(name, names)
  const others = names.length === 0 ? [`there are no runbooks in ${directory}`] : ['faci runbook list']
  return new FaciError('notFound', `there is no runbook \`${name}\`${orMeant(near)}`, {
    suggestions: near === null ? others : [command`faci runbook ${near}`, ...others],
  })
}

async function read(directory: string, name: string, trust: Trust): Promise<ReadRunbook> {
  if (!FILE.test(`${name}.md`)) throw await missing(directory, name, trust)
  const file = join(directory, `${name}.md`)
  let text: string
  try {
    text = textOf(file, trust)
  } catch (error) {
    if (error instanceof FaciError) throw error
    if (isMissing(error)) throw await missing(directory, name, trust)
    throw new FaciError('runbookInvalid', `${file} cannot be read (${whyUnreadable(error)})`, {cause: error})
  }
  return (await import('../../formats/runbook/parse-runbook.js')).parseRunbook(name, file, text)
}

/** The runbooks of one directory. Files whose names nobody could type are not runbooks; those that are written as one are told. */
export function createFileLibrary(directory: string, trust = fileTrust()): Library {
  return {
    list: async () => {
      const names = await namesIn(directory)
      return Promise.all(names.map((name) => summarise(name, join(directory, `${name}.md`), trust)))
    },
    misnamed: () => misnamedIn(directory, trust),
    read: (name) => read(directory, name, trust),
    parse: async (name, file, text) =>
      (await import('../../formats/runbook/parse-runbook.js')).parseRunbook(name, file, text),
  }
}
