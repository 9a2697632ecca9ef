// `--dry-run` is the plan of that very command, as the built faci tells it.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {engineWorld, type EngineWorld} from '../support/engine-world.js'

const RUNBOOK = `---
resolved: {within: 1s, hold: 0s, every: 200ms, all: [{health: api}]}
---
# X
## Look
\`\`\`sh {diagnose id=look}
log look
\`\`\`
## Restart
\`\`\`sh {mitigate id=restart}
log restart
\`\`\`
## Recreate
\`\`\`sh {mitigate id=recreate confirm=always}
log recreate
\`\`\`
`

let world: EngineWorld

beforeEach(async () => {
  world = await engineWorld()
  world.write(RUNBOOK)
})
afterEach(async () => {
  await world.close()
})

async function planned(...flags: readonly string[]): Promise<string> {
  const {exitCode, stdout, stderr} = await world.run(['runbook', 'x', ...flags, '--dry-run'])
  expect(exitCode, stderr).toBe(0)
  expect(world.log()).toEqual([])
  return stdout
}

describe('a dry run of a runbook', () => {
  it('says what this very command would do: other flags, another text', async () => {
    const skip = await planned('--yes', '--skip', 'restart')
    expect(skip).toContain('what faci runbook x --skip restart --yes would do')
    expect(skip).toContain('↷ mitigate restart: skipped, --skip restart')
    expect(skip).not.toContain('log restart')
    const diagnosis = await planned('--diagnose')
    expect(diagnosis).toContain('Nothing would be changed: only the diagnosis was asked for')
    expect(diagnosis).toContain('log look')
    const from = await planned('--yes', '--from', 'recreate')
    expect(from).toContain('↷ diagnose look: skipped, --from recreate')
  })

  it('is one JSON document for a stream, and Markdown for a ticket', async () => {
    const stream = await planned('--yes', '--output', 'ndjson')
    expect(stream.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(stream)).toMatchObject({schema: 'faci.runbook-plan/v1', data: {project: 'shop'}})
    const text = await planned('--yes', '--skip', 'restart', '--output', 'md')
    expect(text).toContain('# X: what `faci runbook x --skip restart --yes')
    expect(text).toMatch(/^\*\*restart\*\* \(mitigate\) skipped, --skip restart$/m)
    expect(text).toContain('```sh\nlog recreate\n```')
    expect(text).toMatch(/To approve, run: `faci runbook x .*--approve recreate@[0-9a-f]{32}/)
  })

  it('says beforehand where it would be refused, and the command that would not be', async () => {
    const text = await planned('--yes')
    const [, accept = ''] = /To approve, run: faci (.*)/.exec(text) ?? []
    expect(accept).toMatch(/^runbook x --yes --approve recreate@[0-9a-f]{32}$/)
    const approved = await planned(...accept.split(' ').slice(2))
    expect(approved).not.toContain('refused')
    expect(approved).toContain('gate: opened by --approve')
  })

  it('says that nothing would be changed where it is resolved already, unless it is forced', async () => {
    writeFileSync(join(world.directory, 'healthy'), '')
    expect(await planned('--yes')).toContain('Nothing would be changed: already resolved before the run')
    expect(await planned('--yes', '--force')).toContain('log recreate')
  })
})
