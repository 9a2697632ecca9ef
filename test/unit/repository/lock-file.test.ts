import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../../service/stack/repository.js'

interface Lock {
  readonly packages: Readonly<Record<string, {readonly optionalDependencies?: Readonly<Record<string, string>>}>>
}

/** Where Node looks for `name` from the package at `folder`, nearest first. */
function places(folder: string, name: string): readonly string[] {
  const parents = folder.split('/node_modules/')
  const nested = parents.map(
    (_, end) => `${parents.slice(0, parents.length - end).join('/node_modules/')}/node_modules/${name}`,
  )
  return [...nested, `node_modules/${name}`]
}

describe('package-lock.json', () => {
  // `npm ci` refuses a lock in which an optional dependency of another platform is missing.
  it('has every optional dependency, those of other platforms too', () => {
    const {packages} = JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')) as Lock
    const missing = Object.entries(packages).flatMap(([folder, {optionalDependencies = {}}]) =>
      Object.keys(optionalDependencies).filter((name) => !places(folder, name).some((place) => place in packages)),
    )
    expect(missing).toEqual([])
  })
})
