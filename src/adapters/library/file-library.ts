import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {closest} from '../../domain/text/did-you-mean.js'
import type {RunbookSummary} from '../../domain/runbook/runbook-list.js'
import type {Library, ReadRunbook} from '../../ports/library.js'
import {quickSummary} from './quick-summary.js'

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

async function summarise(name: string, file: string): Promise<RunbookSummary> {
  const text = await readFile(file, 'utf8')
  const quick = quickSummary(name, text)
  if (quick !== null) return quick
  const {slowSummary} = await import('./slow-summary.js')
  return slowSummary(name, text)
}

async function missing(directory: string, name: string): Promise<FaciError> {
  const names = await namesIn(directory)
  const near = closest(name, names)
  const others = names.length === 0 ? [`there are no runbooks in ${directory}`] : ['faci runbook list']
  return new FaciError(
    'notFound',
    `there is no runbook \`${name}\`${near === null ? '' : `: did you mean \`${near}\`?`}`,
    {
      suggestions: near === null ? others : [`faci runbook ${near}`, ...others],
    },
  )
}

async function read(directory: string, name: string): Promise<ReadRunbook> {
  if (!FILE.test(`${name}.md`)) throw await missing(directory, name)
  const file = join(directory, `${name}.md`)
  try {
    const [text, {parseRunbook}] = await Promise.all([readFile(file, 'utf8'), import('./parse-runbook.js')])
    return parseRunbook(name, file, text)
  } catch (error) {
    throw isMissing(error) ? await missing(directory, name) : error
  }
}

/** The runbooks of one directory. Files whose names nobody could type as a runbook (README.md) are not runbooks. */
export function createFileLibrary(directory: string): Library {
  return {
    list: async () => {
      const names = await namesIn(directory)
      return Promise.all(names.map((name) => summarise(name, join(directory, `${name}.md`))))
    },
    read: (name) => read(directory, name),
    parse: async (name, file, text) => (await import('./parse-runbook.js')).parseRunbook(name, file, text),
  }
}
