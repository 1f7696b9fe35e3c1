import type { Rule } from '../rule.ts'
import { endOfObject } from './end-of-object.ts'

export const networkDestroy: Rule = endOfObject({
  id: 'network-destroy',
  title: 'Destroying networks or what carries traffic',
  classes: ['network_fabric', 'dns_traffic'],
  why: 'Traffic through it stops, and addresses or ids given up may never come back.',
  remedy:
    'Build the new path, move traffic, then remove the old one in a later plan; create_before_destroy where names allow it.',
  releaseWhen: 'Nothing is routed, resolved or attached through it any more.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
})
