import {availableParallelism} from 'node:os'
import {defineConfig} from 'vitest/config'
import {BaseSequencer, type TestSpecification} from 'vitest/node'

/** What takes a minute or more, the longest first: begun last, one of them would be alone at the end. */
const LONGEST = [
  'contract/foreseen-changes',
  'contract/other-configuration',
  'contract/compose-place',
  'contract/finished-job',
  'contract/ssh-host',
  'contract/log-files',
  'contract/rules/slo-rules',
  'contract/shared-store',
  'contract/interrupted-change',
  'contract/service-states',
  'contract/compose',
  'contract/conformance',
  'contract/alert-board',
  'contract/interruption',
  'contract/metrics',
  'contract/lock-outlives',
  'integration/slo',
  'integration/alerts',
  'integration/lifecycle',
  'integration/runbooks-of-the-guide',
  'integration/runbook-rungs',
  'integration/runbook',
  'integration/dashboard',
  'integration/check',
]

/** Vitest's own is a second. */
const PATIENTLY = {poll: {timeout: 60_000}}

/** Without a record of earlier runs Vitest begins with the biggest files. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const place = ({moduleId}: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return at === -1 ? LONGEST.length : at
    }
    return sorted.sort((one, other) => place(one) - place(other))
  }
}

export default defineConfig({
  test: {
    // Much of a test's time is spent waiting for processes: one more worker than there are cores.
    maxWorkers: availableParallelism() + 1,
    sequence: {sequencer: LongestFirst},
    reporters: ['default', './test/support/tried-again.ts'],
    coverage: {include: ['src/**/*.ts'], provider: 'v8', reporter: ['text-summary', 'html']},
    projects: [
      // No unit or contract test changes what another one imports: a process for each file would only load everything again.
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          isolate: false,
          expect: PATIENTLY,
          // Of a test that hangs: what has a deadline bounds it itself, and a busy machine takes ten times as long.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          globalSetup: ['test/support/built.ts', 'test/support/engine.ts'],
          isolate: false,
          expect: PATIENTLY,
          testTimeout: 240_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/built.ts', 'test/support/real-stack.ts'],
          // Each has a stack of its own, whose health checks take a quarter of a core.
          maxWorkers: availableParallelism(),
          sequence: {groupOrder: 1},
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
