import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import {readPlainText} from '../../files/plain-file.js'

/** A `docker context` as the CLI keeps it on disk. */
export interface DockerContext {
  readonly name: string
  readonly host: string
  readonly skipVerify: boolean
  /** Holds `ca.pem`, `cert.pem` and `key.pem` if the context has them. */
  readonly tlsDirectory: string
}

const CLI_CONFIG = z.object({currentContext: z.optional(z.string())})

const META = z.object({
  Endpoints: z.object({docker: z.object({Host: z.optional(z.string()), SkipTLSVerify: z.optional(z.boolean())})}),
})

function read<T>(file: string, schema: z.ZodMiniType<T>): T {
  try {
    return schema.parse(JSON.parse(readPlainText(file)))
  } catch (error) {
    throw new FaciError('configInvalid', `${file} cannot be understood`, {cause: error})
  }
}

function currentContext(directory: string): string {
  const file = join(directory, 'config.json')
  return existsSync(file) ? (read(file, CLI_CONFIG).currentContext ?? '') : ''
}

/** The context called `name`, or the current one when that is empty; null for the default context. Throws `configInvalid`. */
export function readContext(directory: string, name: string): DockerContext | null {
  const chosen = name === '' ? currentContext(directory) : name
  if (chosen === '' || chosen === 'default') return null
  const id = createHash('sha256').update(chosen).digest('hex')
  const file = join(directory, 'contexts', 'meta', id, 'meta.json')
  if (!existsSync(file)) {
    throw new FaciError('configInvalid', `there is no Docker context ${chosen}`, {
      suggestions: ['docker context ls', 'docker context use default'],
    })
  }
  const {Host: host = '', SkipTLSVerify: skipVerify = false} = read(file, META).Endpoints.docker
  if (host === '') throw new FaciError('configInvalid', `Docker context ${chosen} names no host`)
  return {name: chosen, host, skipVerify, tlsDirectory: join(directory, 'contexts', 'tls', id, 'docker')}
}
