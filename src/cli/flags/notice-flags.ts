import {text} from 'node:stream/consumers'
import {Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import {isBlank} from '../../domain/text/visible.js'

/** The headline of a notice; one that nobody sees is refused. */
export const titleFlag = () =>
  Flags.string({
    ...{description: 'headline', helpValue: 'TEXT', required: true},
    parse: (title) => {
      if (!isBlank(title)) return Promise.resolve(title)
      throw new FaciError('usage', 'a notice needs a title', {suggestions: ["faci notify --title 'API slow'"]})
    },
  })

/** `-` reads it from stdin. */
export async function bodyOf(message: string): Promise<string> {
  return message === '-' ? text(process.stdin) : message
}
