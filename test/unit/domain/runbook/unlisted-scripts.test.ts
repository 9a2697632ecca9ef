import {describe, expect, it} from 'vitest'
import {unlistedScripts} from '../../../../src/domain/runbook/lint/unlisted-scripts.js'
import {runbookFaultText} from '../../../../src/render/words/en/lint/runbook.js'
import {parseRunbook} from '../../../../src/formats/runbook/parse-runbook.js'

function found(body: string, uses: readonly string[] = []): readonly (string | null)[] {
  const text = `---\nuses: [${uses.join(', ')}]\n---\n\`\`\`sh {diagnose}\n${body}\n\`\`\`\n`
  const read = parseRunbook('x', 'x.md', text)
  return unlistedScripts(read.kind === 'valid' ? read.runbook : read.draft).map(
    (fault) => runbookFaultText(fault).suggestion,
  )
}

describe('a script that a block calls', () => {
  it.each([
    ['./fix.sh', 'fix.sh'],
    ['bash scripts/fix.sh', 'scripts/fix.sh'],
    ['bash -eu fix.sh --now', 'fix.sh'],
    ['source env.sh', 'env.sh'],
    ['. ./env.sh', 'env.sh'],
    ['sudo -n ./a/../fix.sh', 'a/../fix.sh'],
    ['timeout 10 python3 tools/fix.py', 'tools/fix.py'],
    ['if node fix.js; then true; fi', 'fix.js'],
    ['x=$(bin/count)', 'bin/count'],
  ])('%s is told', (body, path) => {
    expect(found(body)).toEqual([`add it to the front matter: uses: [${path}]`])
  })

  it.each([
    'faci restart api',
    '/usr/local/bin/fix.sh',
    'bash -c "echo x"',
    'python3 -m http.server',
    'node -e 1',
    'bash "$script"',
    '"$dir"/fix.sh',
    'source /etc/os-release',
    'source ~/.profile',
    'echo ./fix.sh',
    'bash',
  ])('%s is none', (body) => {
    expect(found(body)).toEqual([])
  })

  it('that is listed is fine, however it is written', () => {
    expect(found('./fix.sh && bash fix.sh', ['./fix.sh'])).toEqual([])
    expect(found('./fix.sh', ['fix.sh'])).toEqual([])
  })
})
