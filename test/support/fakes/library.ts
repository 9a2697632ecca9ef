import {parseRunbook} from '../../../src/formats/runbook/parse-runbook.js'
import {quickSummary} from '../../../src/formats/runbook/quick-summary.js'
import {slowSummary} from '../../../src/formats/runbook/slow-summary.js'
import {FaciError} from '../../../src/domain/errors.js'
import type {Library, MisnamedRunbook} from '../../../src/ports/library.js'

/** Runbooks by name, as Markdown, read like files are. */
export function fakeLibrary(
  texts: Readonly<Record<string, string>>,
  misnamed: readonly MisnamedRunbook[] = [],
): Library {
  return {
    list: () => {
      const summaries = Object.entries(texts).map(([name, text]) => quickSummary(name, text) ?? slowSummary(name, text))
      return Promise.resolve(summaries)
    },
    misnamed: () => Promise.resolve(misnamed),
    read: (name) => {
      const text = texts[name]
      if (text === undefined) return Promise.reject(new FaciError('notFound', `there is no runbook ${name}`))
      return Promise.resolve(parseRunbook(name, `runbooks/${name}.md`, text))
    },
    parse: (name, file, text) => Promise.resolve(parseRunbook(name, file, text)),
  }
}
