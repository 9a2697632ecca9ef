import {execa} from 'execa'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {openDocker} from '../../src/adapters/docker/docker-connection.js'
import {resolveDockerEndpoint} from '../../src/adapters/docker/docker-endpoint.js'
import {createDockerodeImageTags} from '../../src/adapters/docker/dockerode-image-tags.js'
import type {ImageTags} from '../../src/ports/image-tags.js'
import {fakeImageTags} from '../support/fakes/image-tags.js'
import {type Misbehaviour, misbehavingServer} from '../support/servers/misbehaving.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

let project: ThrowawayProject
let first: string
let second: string

/** An image of its own: the same files under another id. */
async function anImage(label: string): Promise<string> {
  const {stdout: container} = await execa('docker', ['create', project.image, 'node'])
  const {stdout} = await execa('docker', ['commit', '--change', `LABEL which=${label}`, container])
  await execa('docker', ['rm', container])
  return stdout.trim()
}

beforeAll(async () => {
  project = await throwawayProject({})
  first = await anImage('first')
  second = await anImage('second')
})

afterAll(async () => {
  await execa('docker', ['rmi', '--force', first, second])
  await project.remove()
})

function tagsAt(host: string | undefined): ImageTags {
  const environment = host === undefined ? process.env : {DOCKER_HOST: host}
  const connection = openDocker(resolveDockerEndpoint(environment))
  return createDockerodeImageTags(connection, {deadlineSeconds: host === undefined ? 3 : 0.3})
}

describe.each([
  ['the fake', () => fakeImageTags([first, second])],
  ['a real Docker', () => tagsAt(undefined)],
])('ImageTags: %s', (kind, make) => {
  const reference = (tag: string): string => `faci/${project.project}/${kind.replaceAll(' ', '-').toLowerCase()}:${tag}`

  it('finds nothing under a name that no image has', async () => {
    expect(await make().find(reference('nothing'))).toBeNull()
  })

  it('names an image, and gives the name to another one', async () => {
    const tags = make()
    await tags.tag(first, reference('previous'))
    expect(await tags.find(reference('previous'))).toBe(first)
    await tags.tag(second, reference('previous'))
    await tags.tag(first, reference('running'))
    expect(await tags.find(reference('previous'))).toBe(second)
    expect(await tags.find(reference('running'))).toBe(first)
  })

  it('takes a name away, and nothing but the name', async () => {
    const tags = make()
    await tags.tag(first, reference('running'))
    await tags.tag(first, reference('previous'))
    await tags.untag(reference('running'))
    await tags.untag(reference('running'))
    expect(await tags.find(reference('running'))).toBeNull()
    expect(await tags.find(reference('previous'))).toBe(first)
    expect(await tags.find(first)).toBe(first)
  })

  it('says when there is no such image', async () => {
    const tagged = make().tag(`sha256:${'0'.repeat(64)}`, reference('previous'))
    await expect(tagged).rejects.toMatchObject({code: 'badAnswer'})
  })
})

describe('a Docker having a bad day', () => {
  const days: readonly (readonly [Misbehaviour, string])[] = [
    ['slow', 'timedOut'],
    ['junk', 'badAnswer'],
    ['wrongShape', 'badAnswer'],
    ['error500', 'badAnswer'],
    ['reset', 'unreachable'],
  ]

  it.each(days)('that is %s is %s', async (how, code) => {
    const server = await misbehavingServer(how)
    try {
      const tags = tagsAt(server.url.replace('http:', 'tcp:'))
      await expect(tags.find('faci/x/api:previous')).rejects.toMatchObject({name: 'FaciError', code})
    } finally {
      await server.close()
    }
  })
})
