import {FaciError} from '../../domain/errors.js'

interface Typed {
  readonly handle: string
  /** What to type later. */
  readonly again: string
}

/** What cannot be written says so, with what to type once it can be: at a full disk nobody is to believe that it was kept. */
export async function orUnrecorded(writing: Promise<void>, {handle, again}: Typed): Promise<void> {
  try {
    await writing
  } catch (error) {
    if (!(error instanceof FaciError) || error.code !== 'unreachable') throw error
    const said = `This was not recorded in ${handle}, and nobody was told of it`
    throw new FaciError(error.code, [error.message, said], {
      cause: error,
      suggestions: [...error.suggestions, `once the store can be written: ${again}`],
    })
  }
}
