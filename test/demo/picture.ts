// Draws what faci printed as an SVG: `tsx test/demo/picture.ts FILE.svg < ansi.txt`.
import {readFileSync, writeFileSync} from 'node:fs'
import {drawTerminal} from './draw-terminal.js'

const [file = 'picture.svg'] = process.argv.slice(2)
writeFileSync(file, drawTerminal(readFileSync(0, 'utf8')))
