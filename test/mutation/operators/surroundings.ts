// Effects that hang on how Terraform got here, or that run beside the change.
import { remove, replace, resourceChange } from '../../../fixtures/tools/plan-builder.ts'
import { isList, isObject, type JsonObject } from '../../../src/core/json.ts'
import { withChanges } from '../edit.ts'
import type { Danger, Operator } from '../mutant.ts'

const AWS = { name: 'aws', source: 'registry.terraform.io/hashicorp/aws', version: '>= 5.0' }
const NULL = { name: 'null', source: 'registry.terraform.io/hashicorp/null', version: '>= 3.0' }

/** Code that runs, left-overs that are destroyed, objects that are half built. */
export const surroundings: Operator = {
  name: 'code run, left-overs, tainted objects',
  mutate: (seed, random) => {
    const name = `main_${random.int(1000, 9999)}`
    return [script(seed.plan, name), leftOver(seed.plan, name), tainted(seed.plan, name)]
  },
}

function script(plan: JsonObject, name: string): Danger {
  const values = { id: '1', triggers: { version: '41' } }
  const target = { provider: NULL, type: 'null_resource', name, computed: ['id'], values }
  const element = resourceChange(
    replace(target, { set: { 'triggers.version': '42' }, because: ['triggers'] }),
  )
  const block = {
    address: `null_resource.${name}`,
    mode: 'managed',
    type: 'null_resource',
    name,
    provider_config_key: 'null',
    provisioners: [
      { type: 'local-exec', expressions: { command: { constant_value: 'scripts/migrate.sh' } } },
    ],
    expressions: { triggers: {} },
    schema_version: 0,
  }
  return {
    why: 'a script runs that no change shows',
    address: `null_resource.${name}`,
    plan: withBlock(withChanges(plan, 0, [element]), block),
  }
}

function leftOver(plan: JsonObject, name: string): Danger {
  const element = resourceChange(remove(database(name)))
  return {
    why: 'an older database under the same address is destroyed; which one is in use is not shown',
    address: `aws_db_instance.${name}`,
    plan: withChanges(plan, 0, [{ ...element, deposed: '4f0c1b2a' }]),
  }
}

function tainted(plan: JsonObject, name: string): Danger {
  const element = resourceChange(replace(database(name), { because: [] }))
  return {
    why: 'a database marked as half built is destroyed and made anew',
    address: `aws_db_instance.${name}`,
    plan: withChanges(plan, 0, [{ ...element, action_reason: 'replace_because_tainted' }]),
  }
}

function database(name: string): Parameters<typeof remove>[0] {
  const values = { engine: 'postgres', id: name, identifier: name, skip_final_snapshot: false }
  return { provider: AWS, type: 'aws_db_instance', name, computed: ['id'], values }
}

function withBlock(plan: JsonObject, block: JsonObject): JsonObject {
  const { configuration } = plan
  const root = isObject(configuration) ? configuration.root_module : undefined
  const resources = isObject(root) && isList(root.resources) ? root.resources : []
  return {
    ...plan,
    configuration: {
      ...(isObject(configuration) ? configuration : {}),
      root_module: { ...(isObject(root) ? root : {}), resources: [...resources, block] },
    },
  }
}
