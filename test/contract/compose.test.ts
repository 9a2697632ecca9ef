import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, describe, expect, it, onTestFinished} from 'vitest'
import {createExecaCompose} from '../../src/adapters/compose/execa-compose.js'
import type {StackChange} from '../../src/domain/change/change.js'
import {keptReference} from '../../src/domain/stack/kept-image.js'
import type {Compose} from '../../src/ports/compose.js'
import {fakeCompose} from '../support/fakes/compose.js'
import {placeOf} from '../support/compose-place.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const SERVICES = {
  api: {script: 'setInterval(() => undefined, 1e6)'},
  redis: {script: 'setInterval(() => undefined, 1e6)'},
  load: {script: '1', keys: {profiles: ['load']}},
}

const UP: StackChange = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}}

const projects: Partial<Record<'v1' | 'v2', ThrowawayProject>> = {}

function project(generation: 'v1' | 'v2'): ThrowawayProject {
  const found = projects[generation]
  if (found === undefined) throw new Error(`no project for Compose ${generation}`)
  return found
}

beforeAll(async () => {
  projects.v1 = await throwawayProject(SERVICES, 'v1')
  projects.v2 = await throwawayProject(SERVICES, 'v2')
})

afterAll(async () => {
  await Promise.all(Object.values(projects).map(({remove}) => remove()))
})

const implementations: readonly (readonly [string, () => Compose])[] = [
  ['the fake', () => fakeCompose()],
  ['Compose 1.29', () => project('v1').compose],
  ['Compose 2', () => project('v2').compose],
]

describe.each(implementations)('Compose: %s', (_, make) => {
  it('tells enabled services from those of a profile that is off', async () => {
    const {services, profiled} = await make().model()
    expect({services, profiled}).toEqual({services: ['api', 'redis'], profiled: ['load']})
  })

  it('tells how many of each the file wants', async () => {
    expect((await make().model()).expected).toEqual([
      {service: 'api', replicas: 1, isJob: false, mayEnd: false},
      {service: 'redis', replicas: 1, isJob: false, mayEnd: false},
    ])
  })

  it('tells what every service would be made of, also of a profile that is off', async () => {
    const {model, definitions} = await make().definitions()
    expect(model.profiled).toEqual(['load'])
    expect(definitions.map(({service}) => service).sort()).toEqual(['api', 'load', 'redis'])
    for (const {image, ...rest} of definitions) {
      expect(image).toMatch(/\/(?:node|api|redis|load):/)
      expect(rest).toMatchObject({refreshed: 'no', isBuilt: false, dependencies: []})
    }
  })

  it('hashes what every service is made of, one of a profile that is off when it is named', async () => {
    const {hashes} = await make().hashes({...UP, services: ['load']})
    expect(Object.keys(hashes).sort()).toEqual(['api', 'load', 'redis'])
  })

  it('plans the command as an argument array', async () => {
    const plan = await make().plan(UP)
    expect(plan[0]).toMatch(/^docker/)
    expect(plan.at(-1)).toBe('api')
  })

  it('applies changes, tells every line, and takes everything down again', async () => {
    const compose = make()
    const lines: string[] = []
    const changes: readonly StackChange[] = [
      UP,
      {kind: 'scale', replicas: {api: 2}},
      {kind: 'restart', services: ['api']},
      {kind: 'stop', services: ['api']},
      {kind: 'start', services: ['api']},
      {kind: 'down'},
    ]
    for (const change of changes) {
      const outcome = await compose.apply(change, (line) => lines.push(line))
      expect(outcome, change.kind).toMatchObject({ok: true, exitCode: 0})
    }
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.join('')).not.toContain('\u001B')
  })

  it('calls a change that Compose refuses an outcome, with what it said', async () => {
    const outcome = await make().apply({kind: 'restart', services: ['nope']}, () => undefined)
    expect(outcome.ok).toBe(false)
    expect(outcome.exitCode).not.toBe(0)
    expect(outcome.output.join('\n')).toContain('nope')
  })

  it('is interrupted by its signal', async () => {
    const change = make().apply(UP, () => undefined, AbortSignal.abort())
    await expect(change).rejects.toMatchObject({code: 'interrupted'})
  })
})

describe.each(['v1', 'v2'] as const)('the Compose CLI %s', (generation) => {
  it('never removes volumes', async () => {
    const plan = await project(generation).compose.plan({kind: 'down'})
    expect(plan.slice(-2)).toEqual(['down', '--remove-orphans'])
  })

  it('says that a Compose file is wrong, and how', async () => {
    const {file, environment} = project(generation)
    const broken = file.replace('docker-compose.yml', 'broken.yml')
    await writeFile(broken, 'services: {api: {imagee: x}}\n')
    const compose = createExecaCompose({
      place: placeOf(broken, 'faci-test-broken'),
      environment,
      mask: (text) => text,
      scratchDirectory: tmpdir,
    })
    await expect(compose.model()).rejects.toMatchObject({
      code: 'configInvalid',
      message: expect.stringContaining('imagee') as string,
    })
    await expect(compose.apply({kind: 'down'}, () => undefined)).rejects.toMatchObject({code: 'configInvalid'})
  })

  it('goes back to the kept image of a service, in all its replicas, and leaves the others alone', async () => {
    const {compose, image, project: name} = project(generation)
    const kept = keptReference(name, 'api', 'previous')
    await execa('docker', ['tag', image, kept])
    const silent = (): void => undefined
    try {
      await compose.apply(UP, silent)
      await compose.apply({kind: 'scale', replicas: {api: 2}}, silent)
      const {ok, output} = await compose.apply({kind: 'revert', services: ['api'], replicas: {api: 2}}, silent)
      expect(ok, output.join('\n')).toBe(true)
      const filter = `label=com.docker.compose.project=${name}`
      const {stdout} = await execa('docker', ['ps', '--filter', filter, '--format', '{{.Image}}'])
      expect(stdout.split('\n')).toEqual([kept, kept])
    } finally {
      await compose.apply({kind: 'down'}, silent)
      await execa('docker', ['rmi', kept])
    }
  })

  it('masks what Compose prints', async () => {
    const {file, environment, project: name} = project(generation)
    const compose = createExecaCompose({
      place: placeOf(file, name),
      environment,
      mask: (text) => text.replaceAll('nope', '***'),
      scratchDirectory: tmpdir,
    })
    const lines: string[] = []
    const {output} = await compose.apply({kind: 'restart', services: ['nope']}, (line) => lines.push(line))
    expect([...lines, ...output].join('\n')).toContain('***')
    expect([...lines, ...output].join('\n')).not.toContain('nope')
  })

  it('ends what takes too long', async () => {
    const {file, environment, project: name} = project(generation)
    const options = {
      place: placeOf(file, name),
      environment,
      mask: (text: string) => text,
      scratchDirectory: tmpdir,
    }
    const compose = createExecaCompose({...options, timeoutSeconds: 0.2, graceSeconds: 0.2})
    await expect(compose.apply(UP, () => undefined)).rejects.toMatchObject({code: 'timedOut'})
  })
})

describe('a docker-compose that was remembered and does not run any more', () => {
  it('is missing: the Compose file is not to blame', async () => {
    const {file} = project('v1')
    const folder = await mkdtemp(join(tmpdir(), 'faci-broken-tool-'))
    onTestFinished(() => rm(folder, {recursive: true, force: true}))
    await writeFile(join(folder, 'docker-compose'), '#!/bin/sh\necho no module named yaml >&2\nexit 1\n', {mode: 0o755})
    const compose = createExecaCompose({
      place: placeOf(file, 'faci-test'),
      environment: {PATH: folder},
      mask: (text) => text,
      scratchDirectory: () => folder,
      memory: {get: () => ({value: '1.29.2'}), set: () => undefined},
    })
    await expect(compose.model()).rejects.toMatchObject({code: 'toolMissing'})
  })
})

describe('without any Compose', () => {
  it('says what to install', async () => {
    const {file} = project('v1')
    const compose = createExecaCompose({
      place: placeOf(file, 'faci-test'),
      environment: {PATH: ''},
      mask: (text) => text,
      scratchDirectory: tmpdir,
    })
    await expect(compose.tool()).rejects.toMatchObject({
      code: 'toolMissing',
      suggestions: expect.arrayContaining([expect.stringContaining('install')]) as string[],
    })
  })
})
