import {defineConfig} from 'vitest/config'

/** The matrix alone: it needs nothing built. */
export default defineConfig({
  test: {include: ['test/contract/hostile-text.test.ts'], testNamePattern: 'obeys none|leaves what is in a JSON'},
})
