import {hostname, userInfo} from 'node:os'
import {describe, expect, it} from 'vitest'
import {operator} from '../../../../src/adapters/system/operator.js'

describe('the operator', () => {
  it('is named by FACI_OPERATOR first, then the person behind sudo, then the login', () => {
    expect(operator({FACI_OPERATOR: 'ana', SUDO_USER: 'bia', USER: 'root'}).name).toBe('ana')
    expect(operator({SUDO_USER: 'bia', USER: 'root'}).name).toBe('bia')
    expect(operator({USER: 'caio', FACI_OPERATOR: ' '}).name).toBe('caio')
  })

  it('is the account when the environment names nobody, on this host', () => {
    expect(operator({})).toEqual({name: userInfo().username, host: hostname(), isVerified: true})
    expect(operator({SUDO_USER: 'somebody else'}).isVerified).toBe(false)
  })
})
