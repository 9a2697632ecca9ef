import {createHash} from 'node:crypto'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {resolveDockerEndpoint} from '../../../../src/adapters/docker/docker-endpoint.js'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-docker-'))
})
afterEach(() => {
  rmSync(directory, {recursive: true})
})

function resolve(environment: Readonly<Record<string, string>> = {}) {
  return resolveDockerEndpoint({DOCKER_CONFIG: directory, ...environment})
}

function writeContext(name: string, docker: object, withTls = false): void {
  const id = createHash('sha256').update(name).digest('hex')
  const meta = join(directory, 'contexts', 'meta', id)
  mkdirSync(meta, {recursive: true})
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({Name: name, Metadata: {}, Endpoints: {docker}}))
  if (!withTls) return
  const tls = join(directory, 'contexts', 'tls', id, 'docker')
  mkdirSync(tls, {recursive: true})
  writeFileSync(join(tls, 'ca.pem'), 'CA')
}

function useContext(name: string): void {
  writeFileSync(join(directory, 'config.json'), JSON.stringify({currentContext: name, auths: {}}))
}

describe('resolveDockerEndpoint', () => {
  it('is the local socket by default', () => {
    expect(resolve()).toEqual({kind: 'socket', shown: 'unix:///var/run/docker.sock', path: '/var/run/docker.sock'})
    useContext('default')
    expect(resolve()).toMatchObject({path: '/var/run/docker.sock'})
  })

  it.each([
    ['unix:///run/user/1000/docker.sock', {kind: 'socket', path: '/run/user/1000/docker.sock'}],
    ['tcp://build:2375', {kind: 'tcp', host: 'build', port: 2375, tls: null, shown: 'tcp://build:2375'}],
    ['tcp://build', {kind: 'tcp', host: 'build', port: 2375}],
    ['tcp://build:80', {kind: 'tcp', host: 'build', port: 80}],
    ['build:2375', {kind: 'tcp', host: 'build', port: 2375}],
    ['tcp://user:secret@build:2375', {kind: 'tcp', host: 'build', shown: 'tcp://build:2375'}],
    ['tcp://[::1]:2375', {kind: 'tcp', port: 2375}],
    [
      'ssh://ops@build',
      {kind: 'ssh', shown: 'ssh://ops@build', target: {host: 'build', user: 'ops', port: null, socket: null}},
    ],
    ['ssh://build:2222', {kind: 'ssh', target: {host: 'build', user: null, port: 2222, socket: null}}],
    ['ssh://ops@build/run/user/1000/docker.sock', {target: {host: 'build', socket: '/run/user/1000/docker.sock'}}],
  ])('takes DOCKER_HOST=%s', (host, expected) => {
    expect(resolve({DOCKER_HOST: host})).toMatchObject(expected)
  })

  it('speaks TLS with the files of DOCKER_CERT_PATH', () => {
    writeFileSync(join(directory, 'ca.pem'), 'CA')
    writeFileSync(join(directory, 'cert.pem'), 'CERT')
    writeFileSync(join(directory, 'key.pem'), 'KEY')
    const environment = {DOCKER_HOST: 'tcp://build', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: directory}
    const tls = {ca: Buffer.from('CA'), cert: Buffer.from('CERT'), key: Buffer.from('KEY'), verify: true}
    expect(resolve(environment)).toMatchObject({port: 2376, tls})
    expect(() => resolve({...environment, DOCKER_CERT_PATH: join(directory, 'none')})).toThrow(/DOCKER_CERT_PATH/)
  })

  it('takes the current context, DOCKER_CONTEXT before it, DOCKER_HOST before both', () => {
    writeContext('desktop', {Host: 'unix:///desktop.sock'})
    writeContext('remote', {Host: 'tcp://remote:2376', SkipTLSVerify: true}, true)
    useContext('desktop')
    expect(resolve()).toMatchObject({path: '/desktop.sock'})
    expect(resolve({DOCKER_CONTEXT: 'remote'})).toMatchObject({
      host: 'remote',
      tls: {ca: Buffer.from('CA'), verify: false},
    })
    expect(resolve({DOCKER_CONTEXT: 'default'})).toMatchObject({path: '/var/run/docker.sock'})
    expect(resolve({DOCKER_CONTEXT: 'remote', DOCKER_HOST: 'tcp://other'})).toMatchObject({host: 'other'})
  })

  it.each([
    ['an unknown context', {DOCKER_CONTEXT: 'nope'}, /there is no Docker context nope/],
    [
      'a password for ssh',
      {DOCKER_HOST: 'ssh://ops:secret@build'},
      /holds a password, which ssh does not take: use a key$/,
    ],
    [
      'a host that ssh would take for an option',
      {DOCKER_HOST: 'ssh://-oProxyCommand=id'},
      /not a supported Docker host/,
    ],
    ['a user that ssh would take for an option', {DOCKER_HOST: 'ssh://-oProxyCommand=id@build'}, /not a supported/],
    ['escapes for ssh that stand for nothing', {DOCKER_HOST: 'ssh://ops%ff@build'}, /not a supported/],
    ['a zero byte for ssh', {DOCKER_HOST: 'ssh://build/run/%00'}, /not a supported/],
    ['a bare socket path', {DOCKER_HOST: '/var/run/docker.sock'}, /DOCKER_HOST is a path without unix:\/\//],
    ['another scheme', {DOCKER_HOST: 'fd://'}, /unix:/],
  ])('refuses %s with what to do', (_, environment, message) => {
    expect(() => resolve(environment)).toThrow(
      expect.objectContaining({code: 'configInvalid', message: expect.stringMatching(message) as string}),
    )
  })

  it('says which file cannot be understood', () => {
    writeFileSync(join(directory, 'config.json'), '{')
    expect(() => resolve()).toThrow(/config\.json cannot be understood/)
  })
})
