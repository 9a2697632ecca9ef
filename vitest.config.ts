import {availableParallelism} from 'node:os'
import {defineConfig} from 'vitest/config'

export default defineConfig({
  test: {
    // Most of a test's time is spent waiting for processes: a worker for each core, none kept free.
    maxWorkers: availableParallelism(),
    coverage: {include: ['src/**'], provider: 'v8', reporter: ['text-summary', 'html']},
    projects: [
      {test: {name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000}},
      {test: {name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 180_000}},
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/real-stack.ts'],
          sequence: {groupOrder: 1},
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
