import type {OncallWords} from '../../../domain/oncall/oncall-words.js'

export const ONCALL: OncallWords = {
  title: (service) => `On call: ${service}`,
  summary: (person, service) => `On call: ${person} (${service})`,
  layer: (layer) => `Layer: ${layer}`,
  override: 'Override',
  nobody: 'nobody',
  heads: {from: 'From', to: 'To', person: 'On call', layer: 'Layer'},
}
