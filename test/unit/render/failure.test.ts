import stringWidth from 'fast-string-width'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {canBeTyped} from '../../../src/render/text/next-step.js'
import {failureText, warningText} from '../../../src/render/text/failure.js'
import {PLAIN} from '../../../src/render/text/style.js'

const SCREEN = {...PLAIN, width: 40, edge: true}

describe('failureText', () => {
  it('breaks between words on a screen, and a command so that it can still be copied', () => {
    const text = failureText(
      'Docker at unix:///var/run/docker.sock did not describe a container',
      ['faci up api redis prometheus --recreate --build'],
      SCREEN,
    )
    expect(text.split('\n')).toEqual([
      '✖ Docker at',
      '  unix:///var/run/docker.sock did not',
      '  describe a container',
      '  → faci up api redis prometheus \\',
      '    --recreate --build',
      '',
    ])
  })

  it('leaves a command with quotes whole, and everything for a pipe', () => {
    const quoted = `faci alerts silence --matcher 'alertname=~"a b"' --for 1h --comment 'the deploy'`
    expect(failureText('x', [quoted], SCREEN)).toBe(`✖ x\n  → ${quoted}\n`)
    expect(failureText('a '.repeat(50).trim(), ['faci '.repeat(30).trim()], PLAIN).split('\n')).toHaveLength(3)
  })

  it('puts an arrow before what can be typed, and before nothing else', () => {
    const suggestions = [
      'faci doctor',
      '--window 1h',
      'docker info',
      'check prometheus.url in faci.yml',
      'faci.yml, please',
    ]
    expect(failureText('x', suggestions, SCREEN).split('\n').slice(1, -1)).toEqual([
      '  → faci doctor',
      '  → --window 1h',
      '  → docker info',
      '  check prometheus.url in faci.yml',
      '  faci.yml, please',
    ])
  })

  it('has no line that is wider than the screen, and loses no word', () => {
    const words = fc
      .array(fc.stringMatching(/^[a-z]{1,12}$/), {minLength: 1, maxLength: 30})
      .map((all) => all.join(' '))
    fc.assert(
      fc.property(words, words, fc.integer({min: 40, max: 120}), (message, command, width) => {
        const style = {...PLAIN, width, edge: true}
        const texts = [failureText(message, [`faci ${command}`, command], style), warningText(message, style)]
        for (const line of texts.join('').split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width)
        const plain = (text: string) => text.replaceAll(/[\s\\]+/g, ' ').trim()
        expect(plain(texts[0] ?? '')).toBe(
          `✖ ${message} → faci ${command} ${canBeTyped(command) ? '→ ' : ''}${command}`,
        )
        expect(plain(texts[1] ?? '')).toBe(`! ${message}`)
      }),
    )
  })
})
