// docker-compose 1.29 hashes the ids of images, which it asks an engine for: each question goes to the one that is read and changed.
import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, it} from 'vitest'
import {createExecaCompose} from '../../../../src/adapters/compose/execa-compose.js'
import {placeOf} from '../../../support/compose-place.js'

const folder = mkdtempSync(join(tmpdir(), 'faci-asked-'))
afterAll(() => {
  rmSync(folder, {recursive: true, force: true})
})

it('every question to 1.29, and every change, names the context', async () => {
  const [log, file] = [join(folder, 'log'), join(folder, 'docker-compose.yml')]
  const program = join(folder, 'docker-compose')
  writeFileSync(file, 'services: {api: {image: x}}\n')
  writeFileSync(
    program,
    `#!/bin/sh\necho "$*" >> '${log}'\ncase "$*" in version*) echo 1.29.2 ;; *) echo 'services: {api: {image: x}}' ;; esac\n`,
  )
  chmodSync(program, 0o755)
  const compose = createExecaCompose({
    place: placeOf(file, 'shop'),
    environment: {PATH: folder, DOCKER_CONFIG: folder, DOCKER_CONTEXT: 'prod'},
    mask: (text) => text,
    scratchDirectory: () => folder,
  })
  const change = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}} as const
  await compose.model()
  await compose.hashes(change)
  await compose.sources()
  await compose.apply(change, () => undefined)
  const asked = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('version'))
  expect(asked.length).toBeGreaterThan(3)
  expect(asked.filter((line) => !line.includes('--context prod '))).toEqual([])
})
