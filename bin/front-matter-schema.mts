// The front matter of a runbook as JSON Schema (draft 2020-12), for editors, from the table that the reader reads by.
import {VARIABLE_NAME} from '../src/domain/runbook/variable-name.js'
import {
  CONDITION,
  EXPECTS,
  type Field,
  FRONT_MATTER,
  INPUT,
  RESOLVED,
  SEVERITIES,
  SOURCE,
  type Table,
} from '../src/formats/runbook/front-matter-table.js'

type Schema = Readonly<Record<string, unknown>>

/** YAML may read a text as something else: `default: 100`. */
const TEXT = ['string', 'number', 'boolean']
const UNITS = ['w', 'd', 'h', 'm(?!s)', 's', 'ms']
const DURATION = `^(?:0|(?=.)${UNITS.map((unit) => String.raw`(?:\d+(?:\.\d+)?${unit})?`).join('')})$`

const SHAPES: Readonly<Record<Field['kind'], () => Schema>> = {
  text: () => ({type: TEXT}),
  alerts: () => ({type: 'array', items: {type: TEXT}}),
  texts: () => ({type: 'array', items: {type: TEXT}}),
  flag: () => ({type: 'boolean'}),
  // The number is 0, the only duration that needs no unit.
  duration: () => ({type: ['string', 'integer'], pattern: DURATION, minimum: 0, maximum: 0}),
  severity: () => ({enum: SEVERITIES}),
  source: () => ({type: 'string', pattern: SOURCE.source}),
  expect: () => ({type: ['string', 'number']}),
  inputs: () => ({type: 'object', propertyNames: {pattern: VARIABLE_NAME.source}, additionalProperties: inputSchema()}),
  resolved: () => ({...mapOf(RESOLVED), required: ['all']}),
  conditions: () => ({type: 'array', minItems: 1, items: {oneOf: Object.keys(EXPECTS).map(conditionOn)}}),
}

function mapOf(table: Table): Schema {
  const properties = Object.entries(table).map(([key, {kind, description}]) => [key, {description, ...SHAPES[kind]()}])
  return {type: 'object', properties: Object.fromEntries(properties) as Schema, additionalProperties: false}
}

function conditionOn(subject: string): Schema {
  const expects = (EXPECTS as Readonly<Record<string, string>>)[subject]
  const keys = expects === 'never' ? [subject] : [subject, 'expect']
  const table = Object.fromEntries(Object.entries(CONDITION).filter(([key]) => keys.includes(key)))
  return {...mapOf(table), required: expects === 'always' ? keys : [subject]}
}

/** A secret has a source and is not written down. */
function inputSchema(): Schema {
  return {
    ...mapOf(INPUT),
    if: {properties: {secret: {const: true}}, required: ['secret']},
    then: {required: ['from'], properties: {from: true, default: false}},
  }
}

export const FRONT_MATTER_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Front matter of a faci runbook',
  ...mapOf(FRONT_MATTER),
}
