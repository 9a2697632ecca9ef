import {RE2JS, RE2JSException} from 're2js'
import type {Patterns} from '../../ports/patterns.js'

function compiled(pattern: string, flags: number): RE2JS | string {
  try {
    return RE2JS.compile(pattern, flags)
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return error.message.replace(/^error parsing regexp: /, '')
  }
}

export const re2jsPatterns: Patterns = {
  problem: (pattern) => {
    const read = compiled(pattern, 0)
    return typeof read === 'string' ? read : null
  },
  matches: (pattern, text) => {
    const read = compiled(pattern, RE2JS.DOTALL)
    return typeof read !== 'string' && read.matches(text)
  },
}
