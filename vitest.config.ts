import {availableParallelism} from 'node:os'
import {defineConfig} from 'vitest/config'
import {BaseSequencer, type TestSpecification} from 'vitest/node'

/** What takes minutes, whatever its size: begun last, one of them would be alone at the end. */
const LONG =
  /(?:integration\/(?:runbook-rungs|runbooks-of-the-guide|slo|lifecycle)|contract\/(?:foreseen-changes|interrupted-change|service-states|compose|lock-outlives|conformance|alert-board|metrics))\.test\.ts$/

/** Without a record of earlier runs Vitest begins with the biggest files. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({moduleId}: TestSpecification): boolean => LONG.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    // Most of a test's time is spent waiting for processes: a worker for each core, none kept free.
    maxWorkers: availableParallelism(),
    sequence: {sequencer: LongestFirst},
    coverage: {include: ['src/**/*.ts'], provider: 'v8', reporter: ['text-summary', 'html']},
    projects: [
      // No unit test changes what another one imports: a process for each file would only load everything again.
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          globalSetup: ['test/support/built.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/built.ts', 'test/support/real-stack.ts'],
          sequence: {groupOrder: 1},
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
