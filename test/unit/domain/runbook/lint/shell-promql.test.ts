import {describe, expect, it} from 'vitest'
import {parseRunbook} from '../../../../../src/formats/runbook/parse-runbook.js'
import {runbookFaultText} from '../../../../../src/render/words/en/lint/runbook.js'
import {shellBuiltQueries} from '../../../../../src/domain/runbook/lint/shell-promql.js'

function told(body: string): readonly string[] {
  const source = `---
inputs:
  free: {default: a}
  bound: {default: a, oneOf: [a, b]}
  shaped: {default: a, pattern: '[a-z]+'}
---
## a
\`\`\`sh {diagnose id=first capture=seen outputs="url"}
true
\`\`\`
\`\`\`sh {diagnose id=second}
${body}
\`\`\`
`
  const read = parseRunbook('x', 'x.md', source)
  return shellBuiltQueries(read.kind === 'valid' ? read.runbook : read.draft).map(
    (found) => `${String(found.line)} ${/\$(\w+)/.exec(runbookFaultText(found).message)?.[1] ?? ''}`,
  )
}

describe('PromQL that a script builds', () => {
  it.each([
    ['curl "$PROM/api/v1/query?query=up{job=\\"$free\\"}"', ['12 free']],
    ['curl -G "$PROM/api/v1/query_range" --data-urlencode "query=up{job=\\"${free}\\"}"', ['12 free']],
    ['curl -G $PROM/api/v1/query -d \'query=up{job="\'"$free"\'"}\'', ['12 free']],
    ['url=$PROM/api/v1/query\nq="up{job=\\"$free\\"}"\ncurl -G "$url" --data-urlencode="query=$q"', ['14 free']],
    ['x=$(curl -G "$PROM/api/v1/query" --data-urlencode "query=up > $seen")', ['12 seen']],
    ['curl "$url/api/v1/query?query=$url"', ['12 url']],
    ['curl "$P/api/v1/query?query=$free"\ncurl "$P/api/v1/query?query=$free"', ['12 free']],
    ['faci query "up{job=\\"$free\\"}"', ['12 free']],
    ['n=$(faci query --json --range 5m "up > ${seen}" | jq .)', ['12 seen']],
    ['q="up{job=\\"$free\\"}"\nif ! faci query --output=csv "$q"; then exit 1; fi', ['13 free']],
    ['faci query \'-up{job="\'"$free"\'"} > 0\'', ['12 free']],
  ])('%s is told', (body, found) => {
    expect(told(body)).toEqual(found)
  })

  it.each([
    'curl "$PROM/api/v1/query?query=up{job=\\"$bound\\"}"',
    'curl -G "$PROM/api/v1/query" --data-urlencode "query=up{job=\\"$shaped\\"}"',
    'curl -G $PROM/api/v1/query -d \'query=up{job="$free"}\'',
    'curl "$free/api/v1/query?query=up"',
    'curl -G "$PROM/api/v1/query" -d query=up -d "time=$free"',
    'curl "http://shop/search?query=$free"',
    'faci query "up{job=\\"$bound\\"}"',
    'faci query \'up{job="$free"}\'',
    'faci query --range "$free" --plot up',
    'echo "$free"; faci query up > "$free"',
    'faci logs "$free"; faci query up',
    '# api/v1/query\necho "$free"',
  ])('%s is none', (body) => {
    expect(told(body)).toEqual([])
  })
})
