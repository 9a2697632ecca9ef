import {describe, expect, it} from 'vitest'
import {proxyFor, type ProxyVariables} from '../../../../src/adapters/http/proxy.js'

const HOST = {host: 'hooks.example.com', port: 443}
const PROXY = {HTTPS_PROXY: 'http://ana:p%40ss@proxy:3128'}
const chosen = (variables: ProxyVariables, target = HOST, scheme = 'https:'): string | null =>
  proxyFor(scheme, target, variables)?.shown ?? null

describe('the proxy for a host', () => {
  it('is that of its scheme, in lower case before upper case, then that of all', () => {
    expect(chosen({...PROXY, https_proxy: 'http://lower:1'})).toBe('http://lower:1')
    expect(chosen({...PROXY, ALL_PROXY: 'http://all:1'})).toBe('http://proxy:3128')
    expect(chosen({HTTP_PROXY: 'http://plain:1', ALL_PROXY: 'http://all:1'})).toBe('http://all:1')
    expect(chosen({HTTP_PROXY: 'plain:1'}, HOST, 'http:')).toBe('http://plain:1')
    expect(chosen(PROXY, HOST, 'smtp:')).toBeNull()
    expect(chosen({HTTPS_PROXY: ' '})).toBeNull()
  })

  it('is shown without its user and password, which are for it alone', () => {
    const address = proxyFor('https:', HOST, PROXY)
    expect(address).toMatchObject({host: 'proxy', port: 3128, shown: 'http://proxy:3128'})
    expect(Buffer.from(address?.credentials ?? '', 'base64').toString()).toBe('ana:p@ss')
  })

  it.each([
    ['*', null],
    ['hooks.example.com', null],
    ['example.com', null],
    ['.example.com', null],
    ['*.example.com', null],
    ['other.com, EXAMPLE.com', null],
    ['other.com example.com:443', null],
    ['example.com:8443', 'http://proxy:3128'],
    ['ample.com', 'http://proxy:3128'],
    ['hooks.example.com.br', 'http://proxy:3128'],
    ['', 'http://proxy:3128'],
  ])('is none where NO_PROXY is %j: %s', (NO_PROXY, shown) => {
    expect(chosen({...PROXY, NO_PROXY})).toBe(shown)
    expect(chosen({...PROXY, no_proxy: NO_PROXY})).toBe(shown)
  })

  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', 'api.localhost'])('is none on loopback: %s', (host) => {
    expect(chosen(PROXY, {host, port: 443})).toBeNull()
  })

  it.each(['::1', '[fd00::7]:443', 'fd00::7'])('knows IPv6 in NO_PROXY: %s', (NO_PROXY) => {
    expect(chosen({...PROXY, NO_PROXY}, {host: 'fd00::7', port: 443})).toBe(
      NO_PROXY === '::1' ? 'http://proxy:3128' : null,
    )
  })

  it.each(['socks5://proxy:1080', 'http://', 'http://[', 'ftp://proxy'])(
    'is refused where it is no address: %s',
    (HTTPS_PROXY) => {
      expect(() => proxyFor('https:', HOST, {HTTPS_PROXY})).toThrow(
        expect.objectContaining({problem: 'unfit', proxy: 'HTTPS_PROXY'}),
      )
    },
  )
})
