import {re2jsPatterns} from '../../src/adapters/re2/re2js-patterns.js'
import type {LogPattern} from '../../src/domain/logs/log-filter.js'
import type {Patterns} from '../../src/ports/patterns.js'

/** No fake: it needs nothing from outside, and what matches is the library's word. */
export const patterns = (): Promise<Patterns> => Promise.resolve(re2jsPatterns)

/** As `--grep` is read. */
export function aLogPattern(source: string): LogPattern {
  return {source, isIn: re2jsPatterns.finder(source)}
}
