import {stripVTControlCharacters} from 'node:util'
import type {Reporter, TestCase} from 'vitest/node'

/**
 * Says which tests passed only when they were tried again (`--retry`), and why they had not: a line each, at the end of a run.
 * What fails by chance is a fault of the test or of faci, whatever the second try says.
 */
export default class TriedAgain implements Reporter {
  private readonly lines: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky !== true) return
    const why = test.result().errors?.map(({message}) => stripVTControlCharacters(message).split('\n', 1)[0]) ?? []
    this.lines.push(`TRIED AGAIN ${test.module.relativeModuleId} > ${test.fullName}: ${why.join('; ')}`)
  }

  onTestRunEnd(): void {
    for (const line of this.lines) process.stdout.write(`${line}\n`)
  }
}
