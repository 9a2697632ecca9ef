import {expect, it} from 'vitest'
import {pastedText} from '../../../../src/domain/runbook/lint/pasted-text.js'
import {parseRunbook} from '../../../../src/formats/runbook/parse-runbook.js'

function told(script: string): readonly string[] {
  const read = parseRunbook('x', '/srv/x.md', `## Step\n\`\`\`sh {diagnose}\n${script}\n\`\`\`\n`)
  const runbook = read.kind === 'valid' ? read.runbook : read.draft
  return pastedText(runbook).map(({line, column, rule}) => `${String(line)}:${String(column)} ${rule}`)
}

it.each([
  ['$ true', '3:1 prompt'],
  ['true\n  $ true', '4:3 prompt'],
  ['% ls -l', '3:1 prompt'],
  ['> echo hi', '3:1 prompt'],
  ['PS C:\\\\Users> dir', '3:1 prompt'],
  ['root@web-1:~# id', '3:1 prompt'],
  ['[ops@web-1 ~]$ id', '3:1 prompt'],
  ['ls \u2013l /', '3:4 confusable'],
  ['ls \u2014all', '3:4 confusable'],
  ['tail \u2212n 5', '3:6 confusable'],
  ['echo \u201Chi there\u201D', '3:6 confusable'],
  ['echo \u2018hi\u2019', '3:6 confusable'],
  ['\uFF4C\uFF53 -l', '3:1 confusable'],
  ['\u0441\u0440 a b', '3:1 confusable'],
  ['ls \u2014\u2014all', '3:4 confusable'],
  ['ls \uFF5C wc', '3:4 confusable'],
  ['ls\uFF1B ls', '3:3 confusable'],
  ['ls \uFF06\uFF06 ls', '3:4 confusable'],
  ['ls \u2502 wc', '3:4 confusable'],
  ['ls\u037E ls', '3:3 confusable'],
  ['echo \uFF04HOME', '3:6 confusable'],
  ['ls \uFF0Ftmp', '3:4 confusable'],
  ['echo \u00B4date\u00B4', '3:6 confusable'],
  ['ls \u2026', '3:4 confusable'],
  ['ops@web ~> ls -l', '3:1 prompt'],
  ['web% ls -l', '3:1 prompt'],
  ['mysql> select 1;', '3:1 prompt'],
  ['MariaDB [shop]> select 1;', '3:1 prompt'],
  ['shop=# select 1;', '3:1 prompt'],
  ['shop=> select 1;', '3:1 prompt'],
])('what was pasted and cannot work is told: %j', (script, first) => {
  expect(told(script)[0]).toBe(first)
})

it.each([
  'cost=5; echo "$cost"',
  'echo "$ 5"',
  "echo '$ true'",
  '# $ true',
  'cat <<END\n$ true\nEND',
  'true \\\\\n  > "$x"',
  '> /tmp/log',
  '>"$log" true',
  'echo "a \u2013b \u201Cc\u201D"',
  'echo $((5 % 2))',
  'kill %1',
  'ssh root@web-1 id',
  'echo \u5B8C\u4E86\uFF1A\u6B63\u5E38\uFF1B\u7D42\u308F\u308A',
  'echo "a \uFF5C b" # \uFF1B \u2026',
  "cat <<'END'\nmysql> \uFF5C \u2026\nEND",
  'mail ops@web.example > /tmp/x',
  'date +%s >"$x" %d',
  'echo "\u041F\u0440\u0438\u0432\u0435\u0442"',
])('what may stand in a script is let be: %j', (script) => {
  expect(told(script)).toEqual([])
})
