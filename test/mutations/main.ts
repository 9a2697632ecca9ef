import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {repositoryRoot} from '../../service/stack/repository.js'
import {type Mutation, MUTATIONS} from './mutations.js'

const COPIED = ['src', 'test', 'bin', 'service', 'package.json', 'tsconfig.json']

function mutate(copy: string, {file, from, to}: Mutation): void {
  const text = readFileSync(join(copy, file), 'utf8')
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`)
  writeFileSync(
    join(copy, file),
    text.replace(from, () => to),
  )
}

/** Whether the matrix of hostile texts fails without that encoder. */
async function isNoticed(mutation: Mutation | null): Promise<boolean> {
  const copy = mkdtempSync(join(tmpdir(), 'faci-mutation-'))
  try {
    for (const name of COPIED) cpSync(join(repositoryRoot, name), join(copy, name), {recursive: true})
    symlinkSync(join(repositoryRoot, 'node_modules'), join(copy, 'node_modules'))
    if (mutation !== null) mutate(copy, mutation)
    const argv = ['run', '--config', 'test/mutations/vitest.config.ts']
    const {exitCode, all} = await execa(join(copy, 'node_modules/.bin/vitest'), argv, {
      cwd: copy,
      reject: false,
      all: true,
    })
    if (!/Tests .*(?:passed|failed)/.test(all)) throw new Error(`the matrix did not run:\n${all}`)
    return exitCode !== 0
  } finally {
    rmSync(copy, {recursive: true, force: true})
  }
}

/** The names of those that the matrix does not notice. */
async function survivors(mutations: readonly Mutation[]): Promise<readonly string[]> {
  const survived: string[] = []
  for (const next of mutations) {
    const noticed = await isNoticed(next)
    process.stdout.write(`${noticed ? '✔ noticed ' : '✖ SURVIVED'}  ${next.name}\n`)
    if (!noticed) survived.push(next.name)
  }
  return survived
}

const chosen = MUTATIONS.filter(({name}) => name.includes(process.argv[2] ?? ''))
if (await isNoticed(null)) throw new Error('the matrix fails without any mutation: mend that first')
process.exitCode = (await survivors(chosen)).length === 0 ? 0 : 1
