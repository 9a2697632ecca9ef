import {FaciError} from './errors.js'

interface Typed {
  /** What has not been done. */
  readonly said: string
  /** What to type later. */
  readonly again: string
}

/** What cannot be written says so, with what to type once it can be: at a full disk nobody is to believe that it was kept. */
export async function orUnrecorded<T>(writing: Promise<T>, {said, again}: Typed): Promise<T> {
  try {
    return await writing
  } catch (error) {
    if (!(error instanceof FaciError) || error.code !== 'unreachable') throw error
    throw new FaciError(error.code, [...error.message.split('\n'), said], {
      cause: error,
      suggestions: [...error.suggestions, `once the store can be written: ${again}`],
    })
  }
}
