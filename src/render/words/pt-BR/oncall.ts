import type {OncallWords} from '../../../domain/oncall/oncall-words.js'

export const ONCALL: OncallWords = {
  title: (service) => `Plantão: ${service}`,
  summary: (person, service) => `Plantão: ${person} (${service})`,
  layer: (layer) => `Camada: ${layer}`,
  override: 'Substituição',
  nobody: 'ninguém',
  heads: {from: 'De', to: 'Até', person: 'De plantão', layer: 'Camada'},
}
