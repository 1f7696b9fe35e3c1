// Which collector reads which model of network rules (`net_rule_model` in the catalogue).
import type { Collector } from './collector.ts'
import { addressSet } from './models/address-set.ts'
import { awsGroup, awsRule, awsRule2 } from './models/aws-security-group.ts'

export const COLLECTORS: ReadonlyMap<string, Collector> = new Map([
  ['aws-sg-inline', awsGroup],
  ['aws-sg-rule', awsRule],
  ['aws-sg-rule2', awsRule2],
  ['address-set', addressSet],
])
