import {describe, expect, it} from 'vitest'
import {readShell} from '../../../../../src/domain/runbook/lint/shell-reading.js'

function lineAt(script: string, at: number): string {
  return String(script.slice(0, at).split('\n').length - 1)
}

function commands(script: string): readonly string[] {
  return readShell(script).commands.map(
    ({words}) => `${lineAt(script, words[0]?.at ?? -1)}: ${words.map(({text}) => text).join(' ')}`,
  )
}

function variables(script: string): readonly string[] {
  return readShell(script).variables.map(({at, name, guarded}) => `${lineAt(script, at)}: ${name}${guarded ? '?' : ''}`)
}

describe('the commands of a script', () => {
  it.each([
    ['pipes and lists', 'a b | c && d; e & f', ['0: a b', '0: c', '0: d', '0: e', '0: f']],
    ['lines, continued ones too', 'a \\\n b\nc', ['0: a b', '2: c']],
    ['quotes', `a 'b  c' "d e" f\\ g`, ['0: a b  c d e f g']],
    ['quotes over lines', 'a "b\nc"\nd', ['0: a b\nc', '2: d']],
    ['comments', 'a # b\n# c\nd#e', ['0: a', '2: d#e']],
    ['redirections', 'a > b 2>&1 < c >>d', ['0: a']],
    ['substitutions', 'a "$(b c)" `d`', ['0: b c', '0: d', '0: a  ']],
    ['heredocs', 'a <<X\nb; c\nX\nd', ['0: a', '3: d']],
    ['quoted heredocs', "a <<-'X' | e\n\tb\n\tX\nd", ['0: a', '0: e', '3: d']],
    ['here strings', 'a <<< "b c"', ['0: a']],
    ['conditions', '[[ $a == b && -f c ]] || d', ['0: [[ $a == b -f c ]]', '0: d']],
    ['arithmetic', '((a = b + 1)); c', ['0: c']],
    ['arrays', 'a=(b c)\nd', ['0: a=', '1: d']],
    ['groups', '(a; b)\n{ c; }', ['0: a', '0: b', '1: { c', '1: }']],
    ['patterns of case', 'case x in\ny|z) a b;;\nesac', ['0: case x in', '1: y', '1: a b', '2: esac']],
    ['process substitutions', 'a < <(b c)', ['0: b c', '0: a']],
    ['what is never closed', 'a "$(b "c', ['0: b c', '0: a ']],
  ])('%s', (_, script, expected) => {
    expect(commands(script)).toEqual(expected)
  })
})

describe('where a word begins', () => {
  it.each([
    ['a b  c', [0, 2, 5]],
    [`a 'b  c' "d e" f\\ g`, [0, 2, 9, 15]],
    ['a \\\n b', [0, 5]],
    ['x=1 "$a"b $c', [0, 4, 10]],
    ['a b"$(true)"', [6, 0, 2]],
    ['`true` a', [1, 0, 7]],
  ])('%j', (script, expected) => {
    const found = readShell(script).commands.flatMap(({words}) => words.map(({at}) => at))
    expect(found).toEqual(expected)
  })
})

describe('where a variable stands', () => {
  it.each(['a $v', '"a ${v:-x} b"', 'b\n"$(c "$v")"', '$((1 + $v))', 'cat <<X | d\n a\n b $v\nX', '"$v"x'])(
    '%j',
    (script) => {
      expect(readShell(script).variables.map(({name, at}) => [name, at])).toEqual([['v', script.search(/\$\{?v/)]])
    },
  )
})

describe('the variables of a script', () => {
  it.each([
    ['bare and in braces', 'a $b "${c}"', ['0: b', '0: c']],
    ['not in single quotes, nor escaped, nor in comments', `a '$b' \\$c "\\$d" # $e`, []],
    [
      'guarded ones',
      '${a:-x} ${b-x} ${c:=x} ${d%.*} ${#e} ${f[@]}',
      ['0: a?', '0: b?', '0: c?', '0: d', '0: e', '0: f'],
    ],
    ['not special ones', '$1 $? $@ $$', []],
    ['in heredocs that expand', 'a <<X\n$b\nX\nc <<"Y"\n$d\nY', ['1: b']],
    ['in arithmetic', '$(( $a + 1 ))', ['0: a']],
  ])('%s', (_, script, expected) => {
    expect(variables(script)).toEqual(expected)
  })
})
