import type {Container} from './container.js'
import {isOverlay} from './kept-image.js'
import {command} from '../text/shell-command.js'

/** What Compose is told of a project beside the texts of its files. */
export interface Checkout {
  /** Of the Compose file. */
  readonly directory: string
  /** The Compose files, in their order. */
  readonly files: readonly string[]
  /** Instead of the `.env` in the folder; null: that one. */
  readonly envFiles: readonly string[] | null
  /** They are what Compose reads unasked: containers made so name none. */
  readonly envFilesAreUsual: boolean
  /** By whatever links it is reached, a file or folder is one and the same. */
  readonly realPath: (path: string) => string
}

/** In what the containers of some services were made from something else than they would be now. */
export type Provenance =
  | {
      readonly kind: 'directory'
      readonly services: readonly string[]
      readonly made: string
      readonly now: string
    }
  | {
      /** `envFiles`: empty where Compose read the `.env` in the folder. */
      readonly kind: 'files' | 'envFiles'
      readonly services: readonly string[]
      readonly made: readonly string[]
      readonly now: readonly string[]
    }

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

function below(file: string, directory: string): string {
  return file.startsWith(`${directory}/`) ? file.slice(directory.length + 1) : file
}

function isSame(made: readonly string[], now: readonly string[]): boolean {
  return made.length === now.length && made.every((one, index) => one === now[index])
}

/** Paths as they are compared: below their folder, so that another checkout of the same is told as another folder only. */
function seenFrom(folder: string, {realPath}: Checkout): (files: readonly string[]) => readonly string[] {
  return (files) => files.map((file) => below(realPath(file), realPath(folder)))
}

function directoriesOf(container: Container, checkout: Checkout): readonly Provenance[] {
  const {workingDirectory: made, service} = container
  const {directory: now, realPath} = checkout
  if (made === null || realPath(made) === realPath(now)) return []
  return [{kind: 'directory', services: [service], made, now}]
}

function filesOf(container: Container, checkout: Checkout): readonly Provenance[] {
  const {files: now, directory} = checkout
  const made = container.composeFiles.filter((file) => !isOverlay(file))
  const theirs = seenFrom(container.workingDirectory ?? directory, checkout)(made)
  if (made.length === 0 || isSame(theirs, seenFrom(directory, checkout)(now))) return []
  return [{kind: 'files', services: [container.service], made, now}]
}

function envFilesOf(container: Container, checkout: Checkout): readonly Provenance[] {
  const {envFiles: made, service} = container
  const {envFiles, envFilesAreUsual, directory} = checkout
  const now = envFiles ?? []
  const theirs = seenFrom(container.workingDirectory ?? directory, checkout)(made)
  const isUsual = envFilesAreUsual && (made.length === 0 || isSame(theirs, ['.env']))
  if (isUsual || isSame(theirs, seenFrom(directory, checkout)(now))) return []
  return [{kind: 'envFiles', services: [service], made, now}]
}

/** In what the containers were made from something else; each difference once, with the services that it is true of. */
export function provenanceOf(containers: readonly Container[], checkout: Checkout): readonly Provenance[] {
  const found = containers.flatMap((container) => [
    ...directoriesOf(container, checkout),
    ...filesOf(container, checkout),
    ...envFilesOf(container, checkout),
  ])
  const keyOf = ({kind, made}: Provenance): string => JSON.stringify([kind, made])
  const first = new Map(found.toReversed().map((one) => [keyOf(one), one]))
  return [...first.entries()].toReversed().map(([key, one]) => {
    const services = found.filter((other) => keyOf(other) === key).flatMap((other) => other.services)
    return {...one, services: unique(services)}
  })
}

function were(services: readonly string[]): string {
  return `${services.join(', ')} ${services.length === 1 ? 'was' : 'were'} started`
}

function listed(files: readonly string[]): string {
  return files.length === 0 ? 'the .env file in its folder' : files.join(', ')
}

/** One clause: how it was, and how it would be. */
export function provenanceText(one: Provenance): string {
  switch (one.kind) {
    case 'directory':
      return `${were(one.services)} in ${one.made}, and this is ${one.now}`
    case 'files':
      return `${were(one.services)} with ${listed(one.made)}, and faci uses ${listed(one.now)}`
    case 'envFiles':
      return `${were(one.services)} with variables of ${listed(one.made)}, and faci uses ${listed(one.now)}`
  }
}

/** What puts it right, where it is meant to be as it was. */
export function provenanceAdvice(one: Provenance): string {
  switch (one.kind) {
    case 'directory':
      return command`cd ${one.made}`
    case 'files':
      return `compose: {file: [${one.made.join(', ')}]} in faci.yml`
    case 'envFiles':
      return one.made.length === 0
        ? 'compose: without envFiles in faci.yml'
        : `compose: {envFiles: [${one.made.join(', ')}]} in faci.yml`
  }
}

/**
 * What must be known of containers that are the project's, but were made from elsewhere: from another checkout, whose lock, runs and notices
 * are there; or here, from other files than ours. Whether that changes anything only Compose's own hashes tell.
 */
export function madeElsewhere(containers: readonly Container[], checkout: Checkout): readonly string[] {
  return provenanceOf(containers, checkout).map((one) => {
    if (one.kind === 'directory') return `${provenanceText(one)}: its runs and notices are there, not here`
    return `${provenanceText(one)}: write ${provenanceAdvice(one)}, or see what would change: faci up --dry-run`
  })
}
