import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'
import {createFileLibrary} from '../../src/adapters/library/file-library.js'
import {sampleValues} from '../../src/domain/runbook/lint/input-rules.js'
import {fillPromql} from '../../src/domain/runbook/promql-template.js'
import {commandBlocksOf} from '../../src/domain/runbook/runbook.js'

/** The PromQL of this repository's runbooks, with values that its inputs may have. */
export async function runbookQueries(): Promise<readonly string[]> {
  const library = createFileLibrary(join(repositoryRoot, 'runbooks'))
  const read = await Promise.all((await library.list()).map(({name}) => library.read(name)))
  return read.flatMap((one) => {
    if (one.kind === 'invalid') throw new Error('a runbook is invalid')
    const {runbook} = one
    const conditions = runbook.resolved?.conditions ?? []
    const written = [
      ...conditions.flatMap((condition) =>
        condition.kind === 'promql' ? [{text: condition.expression, ...condition}] : [],
      ),
      ...commandBlocksOf(runbook).flatMap((block) =>
        block.language === 'promql' ? [{text: block.body, ...block}] : [],
      ),
    ]
    return written.map(({text, placeholders}) => {
      const filled = fillPromql(text, placeholders, sampleValues(runbook.inputs))
      if (!filled.ok) throw new Error(JSON.stringify(filled.problems))
      return filled.text
    })
  })
}
