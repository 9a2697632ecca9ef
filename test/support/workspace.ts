import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {parse, stringify} from 'yaml'
import {repositoryRoot} from '../../service/stack/repository.js'
import {LOOPBACK, lockDirectory} from './built-faci.js'
import type {RealStack} from './stack-lender.js'

export interface FaciRun {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
  readonly durationSeconds: number
}

export interface Workspace {
  readonly directory: string
  readonly storeDirectory: string
  /** Runs the built faci here, without a TTY. */
  readonly faci: (argv: readonly string[], options?: RunOptions) => Promise<FaciRun>
  /** Changes this workspace's copy of a shipped runbook. */
  readonly editRunbook: (name: string, edit: (text: string) => string) => void
  readonly remove: () => void
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly timeoutSeconds?: number
}

type Overrides = Readonly<Record<string, unknown>>

const FACI = join(repositoryRoot, 'bin', 'run.js')

/** A folder with the shipped faci.yml (and `overrides` of its keys) and runbooks, a store of its own, against the given stack. */
export function workspace(stack: RealStack, overrides: Overrides = {}): Workspace {
  const directory = mkdtempSync(join(tmpdir(), 'faci-work-'))
  const shipped = parse(readFileSync(join(repositoryRoot, 'faci.yml'), 'utf8')) as Record<string, unknown>
  writeFileSync(join(directory, 'faci.yml'), stringify({...shipped, ...overrides}))
  cpSync(join(repositoryRoot, 'runbooks'), join(directory, 'runbooks'), {recursive: true})
  // Also of what the file starts by itself: the stack goes on to other files, and a lock that a killed run leaves must not.
  process.env['FACI_LOCK_DIRECTORY'] = lockDirectory(directory)
  return {
    directory,
    storeDirectory: join(directory, '.faci'),
    faci: async (argv, {env = {}, input, timeoutSeconds = 120} = {}) => {
      const result = await execa(process.execPath, [FACI, ...argv], {
        cwd: directory,
        env: {...LOOPBACK, ...stack.env, NO_COLOR: '1', FACI_OPERATOR: 'ana', ...env},
        reject: false,
        timeout: timeoutSeconds * 1000,
        ...(input === undefined ? {stdin: 'ignore'} : {input}),
      })
      const {stdout, stderr, exitCode, durationMs} = result
      return {stdout, stderr, exitCode: exitCode ?? -1, durationSeconds: durationMs / 1000}
    },
    editRunbook: (name, edit) => {
      const file = join(directory, 'runbooks', `${name}.md`)
      writeFileSync(file, edit(readFileSync(file, 'utf8')))
    },
    remove: () => {
      rmSync(directory, {recursive: true, force: true})
    },
  }
}
