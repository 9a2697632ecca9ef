import {describe, expect, it} from 'vitest'
import {INSPECTED, checked} from '../../../../src/adapters/docker/engine-answers.js'
import {networkOwner, sharedNetworkId, toContainer} from '../../../../src/adapters/docker/to-container.js'

const LABELS = {'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'api'}

function inspected(status: string, labels: Readonly<Record<string, string>> = {}, health?: string) {
  const started = {StartedAt: '2026-11-23T06:00:00Z', FinishedAt: '0001-01-01T00:00:00Z'}
  const Health = health === undefined ? null : {Status: health}
  return checked(
    INSPECTED,
    {
      ...{Id: 'a', Name: '/shop-api-1', Created: '2026-11-23T06:00:00Z', Image: 'sha256:a', RestartCount: 0},
      State: {Status: status, OOMKilled: false, ExitCode: 3, Health, ...started},
      Config: {Image: 'api:1', Labels: {...LABELS, ...labels}, Tty: false},
      HostConfig: {},
    },
    'a container',
  )
}

describe('the state of a container', () => {
  it.each([
    ['running', 'running', null],
    ['exited', 'exited', 3],
    ['stopped', 'exited', 3],
    ['configured', 'created', null],
    ['initialized', 'created', null],
    ['of another engine', 'unknown', null],
  ])('%s is %s', (status, state, exitCode) => {
    expect(toContainer(inspected(status))).toMatchObject({state, exitCode})
  })

  it.each([
    [undefined, 'none'],
    ['', 'none'],
    ['healthy', 'healthy'],
    ['of another engine', 'starting'],
  ])('health %s is %s', (status, health) => {
    expect(toContainer(inspected('running', {}, status)).health).toBe(health)
  })
})

describe('from what a container was made', () => {
  const made = (config_files: string, working_dir: string, environment_file = '') => {
    const labels = Object.entries({config_files, working_dir, environment_file})
    const prefixed = labels.map(([name, value]) => [`com.docker.compose.project.${name}`, value])
    const {composeFiles, envFiles} = toContainer(
      inspected('running', Object.fromEntries(prefixed) as Record<string, string>),
    )
    return {composeFiles, envFiles}
  }

  it.each([
    ['whole paths of v2', '/srv/a.yml,/srv/b.yml', '/srv', ['/srv/a.yml', '/srv/b.yml']],
    ['names of 1.29', 'a.yml,b.yml', '/srv', ['/srv/a.yml', '/srv/b.yml']],
    [
      'paths of 1.29, typed above the folder',
      'shop/a.yml,shop/b.yml',
      '/srv/shop',
      ['/srv/shop/a.yml', '/srv/shop/b.yml'],
    ],
    ['a file above, typed below', '../shop/a.yml,../b.yml', '/srv/shop', ['/srv/shop/a.yml', '/srv/b.yml']],
    ['nothing', '', '/srv', []],
  ])('%s', (_, files, folder, expected) => {
    expect(made(files, folder).composeFiles).toEqual(expected)
  })

  it('env files are relative to where it was typed', () => {
    expect(made('shop/a.yml', '/srv/shop', 'prod.env').envFiles).toEqual(['/srv/prod.env'])
    expect(made('/srv/a.yml', '/srv', '/etc/prod.env').envFiles).toEqual(['/etc/prod.env'])
  })
})

describe('the network that a container shares', () => {
  const on = (mode: string | null) => ({...inspected('running'), HostConfig: {NetworkMode: mode}})

  it('is that of the container that its mode names', () => {
    expect(sharedNetworkId(on('container:abc'))).toBe('abc')
    for (const mode of ['shop_default', 'host', 'bridge', null]) expect(sharedNetworkId(on(mode))).toBeNull()
  })

  it("ends with that one, unless it is the host's", () => {
    expect(networkOwner(on('shop_default'))).toEqual({
      ...{name: 'shop-api-1', startedAt: '2026-11-23T06:00:00.000Z', isRunning: true},
    })
    expect(networkOwner(inspected('exited'))?.isRunning).toBe(false)
    expect(networkOwner(on('host'))).toBeNull()
    expect(networkOwner(null)).toEqual({name: null, startedAt: null, isRunning: false})
  })
})
