import {expect, it} from 'vitest'
import {destructiveCommands} from '../../../../src/domain/runbook/lint/destructive.js'
import {idleBlocks} from '../../../../src/domain/runbook/lint/idle-blocks.js'
import {writtenSecrets} from '../../../../src/domain/runbook/lint/written-secrets.js'
import type {PlacedRunbook} from '../../../../src/domain/runbook/runbook.js'
import {parseRunbook} from '../../../../src/formats/runbook/parse-runbook.js'

function runbook(script: string, attributes = 'diagnose'): PlacedRunbook {
  const read = parseRunbook('x', '/srv/x.md', `## Step\n\`\`\`sh {${attributes}}\n${script}\n\`\`\`\n`)
  return read.kind === 'valid' ? read.runbook : read.draft
}

it.each(['# look at it', '  # look\n\n\t# go on', '#!/bin/bash\n# to do'])(
  'a script of comments is told: %j',
  (script) => {
    expect(idleBlocks(runbook(script))).toEqual([{rule: 'empty', what: 'comments', line: 2, column: 1}])
  },
)

it.each(['true', '# look\ndate', ': # nothing', 'a=1', "cat <<'END'\n# text\nEND"])(
  'a script that does something is not: %j',
  (script) => {
    expect(idleBlocks(runbook(script))).toEqual([])
  },
)

it.each(['docker compose down -v', 'sudo docker volume rm x', 'faci down --yes', 'bash -c "docker system prune -f"'])(
  'what destroys containers needs consent in a block that only looks: %j',
  (script) => {
    expect(destructiveCommands(runbook(script))).toMatchObject([{rule: 'destructive', what: 'looking', line: 3}])
    expect(destructiveCommands(runbook(script, 'mitigate'))).toMatchObject([{what: 'mitigation'}])
    expect(destructiveCommands(runbook(script, 'mitigate confirm=always'))).toEqual([])
  },
)

it.each(['rm -f /tmp/x.1', 'docker run --rm alpine true', 'docker ps', 'echo docker rm x'])(
  'may stand in a block that only looks: %j',
  (script) => {
    expect(destructiveCommands(runbook(script))).toEqual([])
  },
)

it.each([
  'mysql -u root -pS3cretPass -e "select 1"',
  "mysqldump -p'S3cretPass' shop",
  'sshpass -p S3cretPass ssh web',
  'redis-cli -h cache -a S3cretPass ping',
])('a password as a client takes it is told: %j', (script) => {
  expect(writtenSecrets(runbook(script))).toMatchObject([{rule: 'secret-written', kind: 'password', line: 3}])
})

it.each([
  'mysql -u root -p"$PASSWORD" shop',
  'mysql -u root -p shop',
  'redis-cli -a "$PASSWORD" ping',
  'mysql --port 3306',
  'mysql -h db -P 3306',
])('no password is seen in %j', (script) => {
  expect(writtenSecrets(runbook(script))).toEqual([])
})

it.each([
  '``sh {diagnose}\ndate\n``',
  '\u2018\u2018\u2018sh {diagnose id=a}\ndate\n\u2018\u2018\u2018',
  "'''sh {mitigate}\ndate\n'''",
])('a block whose marks are no fence is told: %j', (text) => {
  const read = parseRunbook('x', '/srv/x.md', `## Step\n\n${text}\n`)
  expect('problems' in read ? read.problems : []).toMatchObject([{rule: 'lost-block', line: 3}])
})

it('a span of code that names a block is text', () => {
  expect(parseRunbook('x', '/srv/x.md', 'Write ``sh {diagnose}`` for it.\n\n`sh {verify}` comes last.\n').kind).toBe(
    'valid',
  )
})
