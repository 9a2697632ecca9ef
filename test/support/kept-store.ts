import {cpSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'

/** What a faci of November 2026 wrote, with runs of each kind; see `fixtures/README.md`. */
const FIXTURE = join(repositoryRoot, 'test', 'support', 'fixtures', 'store-of-2026-11-28')

/** Its runs, oldest first. */
export const KEPT = {
  ofAnotherProject: '01M8HAHP4KAPK5JR0AG6RH9ZN4',
  resolved: '01M8HAHPYJ9EKQGF86B5Z1E8QT',
  rolledBack: '01M8HAHSTJMWN4H82SMMMH9428',
  refused: '01M8HAHWHD2077QXFWCADH82JP',
  restart: '01M8HAHYCY1A9D8HGQY9G2K5ZA',
  /** Killed in `restart`: its last line is torn, and the lock is still as it left it. */
  killed: '01M8HAHYT5WKC89BD9KH9DJWJJ',
} as const

/** The sign of life of a lock is the time of its file, which no repository keeps. */
const LONG_AGO = new Date('2026-11-28T15:00:00Z')

export interface KeptStore {
  readonly directory: string
  readonly write: (name: string, text: string) => void
  readonly remove: () => void
}

/** A folder of its own with that store as `.faci`, its runbook and its configuration; `staging.yml` is that of another project. */
export function keptStore(): KeptStore {
  const directory = mkdtempSync(join(tmpdir(), 'faci-kept-'))
  cpSync(FIXTURE, directory, {recursive: true})
  renameSync(join(directory, 'store'), join(directory, '.faci'))
  for (const folder of ['locks', join('outbox', 'locks')])
    for (const name of readdirSync(join(directory, '.faci', folder)))
      utimesSync(join(directory, '.faci', folder, name), LONG_AGO, LONG_AGO)
  return {
    directory,
    write: (name, text) => {
      writeFileSync(join(directory, name), text)
    },
    remove: () => {
      rmSync(directory, {recursive: true, force: true})
    },
  }
}
