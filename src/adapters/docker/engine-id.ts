import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import type {DockerConnection} from './docker-connection.js'
import {checked} from './engine-answers.js'

const INFO = z.object({ID: z.nullish(z.string())})

/** What stays the same while the engine keeps its data, by whatever way it is reached; null when it does not tell in time. */
export async function engineId({get}: Pick<DockerConnection, 'get'>, deadlineSeconds: number): Promise<string | null> {
  try {
    const answer = await get({path: '/info', what: 'tell its id', deadlineSeconds})
    return checked(INFO, answer, 'its id').ID ?? null
  } catch (error) {
    if (error instanceof FaciError) return null
    throw error
  }
}
