import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {parse} from 'yaml'
import {z} from 'zod'
import {repositoryRoot} from '../../../service/stack/repository.js'

const alertSchema = z.object({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
})
const recordSchema = z.object({record: z.string(), expr: z.string()})
const fileSchema = z.object({
  groups: z.array(z.object({name: z.string(), rules: z.array(z.union([alertSchema, recordSchema]))})),
})

export type AlertRule = z.infer<typeof alertSchema>

export const serviceFolder = join(repositoryRoot, 'service')
const rulesFolder = join(serviceFolder, 'prometheus', 'rules')

/** The rules that are written by hand or from the signals; those of the objectives are played through by tests of their own. */
const rules = readdirSync(rulesFolder)
  .filter((name) => name !== 'slo.yml')
  .flatMap((name) => fileSchema.parse(parse(readFileSync(join(rulesFolder, name), 'utf8'))).groups)
  .flatMap((group) => group.rules)

export const alertRules: readonly AlertRule[] = rules.filter((rule) => 'alert' in rule)
export const recordNames: readonly string[] = rules.flatMap((rule) => ('record' in rule ? [rule.record] : []))
export const expressions: readonly string[] = rules.map(({expr}) => expr)
