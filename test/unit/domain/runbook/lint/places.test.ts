import {describe, expect, it} from 'vitest'
import {contestedAlerts, unknownAlerts} from '../../../../../src/domain/runbook/lint/alert-rules.js'
import {unknownChannels} from '../../../../../src/domain/runbook/lint/channels.js'
import {unknownHealth} from '../../../../../src/domain/runbook/lint/conditions.js'
import {destructiveCommands} from '../../../../../src/domain/runbook/lint/destructive.js'
import {staleEvidence} from '../../../../../src/domain/runbook/lint/freshness.js'
import {unknownVariables, unusedInputs} from '../../../../../src/domain/runbook/lint/input-rules.js'
import {queriesOf, toolsOf, unknownServices, urlsOf} from '../../../../../src/domain/runbook/lint/live-subjects.js'
import {shortWithins} from '../../../../../src/domain/runbook/lint/query-windows.js'
import {shellBuiltQueries} from '../../../../../src/domain/runbook/lint/shell-promql.js'
import {unlistedScripts} from '../../../../../src/domain/runbook/lint/unlisted-scripts.js'
import {parseRunbook} from '../../../../../src/formats/runbook/parse-runbook.js'

// Each name also stands where it is not what is meant: whoever searches for it finds that first.
const SOURCE = `---
title: api, service, within and reviewEvery
# alerts, services, inputs: api
alerts: ['ApiDownAgain', "ApiDown"]
services:
  - api-gateway
  - api
reviewEvery: 1d
inputs:
  name_of: {default: name}
  name: {default: name_of}
resolved:
  all:
    - {http: 'http://localhost/api?within=5'}
    - {health: api}
    - {promql: 'rate(up[5m])', expect: 1}
  within: 60s
---
## Do it, to=nowhere and within=3s
1. Indented:
   \`\`\`sh {mitigate id=fix}
   echo rm; echo "$name_of" # $nam
   echo api/v1/query; rm -rf x
   cat <<X
     $nam
   X
   ./fix.sh; curl "http://api/api/v1/query?query=$name"
   \`\`\`
   \`\`\`promql {verify expect=1 within=5s}

   rate(up[5m])
   \`\`\`
> \`\`\`http {diagnose}
> GET http://localhost/x
> \`\`\`

\`\`\`md {notify when=always to=slack}
to=slack
\`\`\`
`

function lines(): readonly string[] {
  return SOURCE.split('\n')
}

/** What stands at each place, to the end of its line. */
function at(places: readonly {readonly line: number; readonly column: number}[]): readonly string[] {
  return places.map(({line, column}) => `${String(line)}: ${(lines()[line - 1] ?? '').slice(column - 1)}`)
}

describe('a finding points at what it is about, whatever else is called the same', () => {
  const read = parseRunbook('x', 'x.md', SOURCE)
  const runbook = read.kind === 'valid' ? read.runbook : read.draft
  const other = {name: 'y', title: 'Y', severity: 'info', alerts: ['ApiDown'], services: []}

  it('the runbook has no other problem', () => {
    expect(read).toMatchObject({kind: 'valid'})
  })

  it.each([
    ['alerts', unknownAlerts(runbook, []), ['4: ApiDownAgain\', "ApiDown"]', '4: ApiDown"]']],
    ['alerts of two', contestedAlerts(runbook, [other]), ['4: ApiDown"]']],
    ['services', unknownServices(runbook, ['api-gateway']), ['7: api']],
    ['reviewEvery', staleEvidence(runbook, null, new Date()), ['8: reviewEvery: 1d']],
    ['inputs', unusedInputs({...runbook, steps: []}), ['10: name_of: {default: name}', '11: name: {default: name_of}']],
    ['conditions', unknownHealth(runbook, []), ['15: api}']],
    ['within', shortWithins(runbook), ['17: within: 60s', '29: within=5s}']],
    ['channels', unknownChannels(runbook, {channels: [], setups: {}}), ['37: to=slack}']],
    ['commands', destructiveCommands(runbook), ['23: rm -rf x']],
    ['variables', unknownVariables(runbook), ['25: $nam']],
    ['scripts', unlistedScripts(runbook), ['27: ./fix.sh; curl "http://api/api/v1/query?query=$name"']],
    ['values in queries', shellBuiltQueries(runbook), ['27: $name"']],
    ['queries', queriesOf(runbook).map(({place}) => place), ["16: rate(up[5m])', expect: 1}", '31: rate(up[5m])']],
    [
      'URLs',
      urlsOf(runbook, {api: 'http://localhost/health'}).map(({place}) => place),
      ["14: http://localhost/api?within=5'}", '15: api}', '34: http://localhost/x'],
    ],
    [
      'programs',
      toolsOf(runbook).map(({place}) => place),
      [
        '22: echo rm; echo "$name_of" # $nam',
        '22: echo "$name_of" # $nam',
        '23: echo api/v1/query; rm -rf x',
        '23: rm -rf x',
        '24: cat <<X',
        '27: curl "http://api/api/v1/query?query=$name"',
      ],
    ],
  ])('%s', (_, found, expected) => {
    expect([...new Set(at(found))]).toEqual(expected)
  })
})
