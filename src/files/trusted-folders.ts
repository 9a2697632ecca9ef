import {realpathSync} from 'node:fs'
import {isAbsolute, join, sep} from 'node:path'
import {readPlainText} from './plain-file.js'

type Environment = Readonly<Record<string, string | undefined>>

const OTHERS_MAY_WRITE = 0o022

/** Where `faci trust` writes: one folder a line. null: this account has no place for it. */
export function trustedListFile({HOME: home, XDG_CONFIG_HOME: configuration}: Environment): string | null {
  if (configuration !== undefined && isAbsolute(configuration)) return join(configuration, 'faci', 'trusted')
  return home === undefined || home === '' ? null : join(home, '.config', 'faci', 'trusted')
}

/** Its lines; throws when it is not there, or anybody but root and this account can have written it. */
export function readTrustedList(file: string): readonly string[] {
  const text = readPlainText(file, ({uid, mode}) => {
    const isOurs = uid === 0 || uid === process.geteuid?.()
    if (!isOurs || (mode & OTHERS_MAY_WRITE) !== 0) throw new Error('others may have written it')
  })
  return text.split('\n').filter((line) => isAbsolute(line))
}

function listed(environment: Environment): readonly string[] {
  const file = trustedListFile(environment)
  try {
    return file === null ? [] : readTrustedList(file)
  } catch {
    return []
  }
}

/** Through links; itself where it is not there. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)
}

/** Whether it lies in, or is, one of `named`, of FACI_TRUST (a list as PATH is one) or of the trusted list. */
export function isInTrustedFolder(path: string, environment: Environment, named: readonly string[]): boolean {
  const place = real(path)
  const holds = (folder: string): boolean => isWithin(real(folder), place)
  if (named.some(holds)) return true
  const variable = (environment['FACI_TRUST'] ?? '').split(':').filter((folder) => isAbsolute(folder))
  return variable.some(holds) || listed(environment).some(holds)
}
