// Where an attacker can write. Each place takes words and gives a plan (and its run) with the words in
// it, beside a change that a model may answer for and nothing else that holds.
import type { JsonObject, JsonValue } from '../../../src/core/json.ts'
import type { Sent } from '../case.ts'
import {
  instance,
  kubernetes,
  lambda,
  on,
  plan,
  policy,
  queue,
  rollout,
  type Step,
  tagChange,
  tagged,
  update,
} from './objects.ts'
import { encoded, zipped } from './texts.ts'

export interface Place {
  readonly id: string
  /** Whether what stands there is a part of what changes, or of the run: else no reading shows it. */
  readonly isSeen: boolean
  /** The place of a name: only a slug of the words fits. */
  readonly isName?: true
  readonly send: (words: string) => Sent
}

const withSteps = (...steps: readonly Step[]): Sent => ({ plan: plan([rollout(), ...steps]) })
const edited = (sent: Sent, edit: (plan: Record<string, JsonValue>) => void): Sent => {
  const document = structuredClone(sent.plan) as Record<string, JsonValue>
  edit(document)
  return { ...sent, plan: document }
}
const place = (id: string, send: Place['send']): Place => ({ id, isSeen: true, send })
const unseen = (id: string, send: Place['send']): Place => ({ id, isSeen: false, send })
const name = (id: string, send: Place['send']): Place => ({ id, isSeen: true, isName: true, send })

const configMap = (set: JsonObject): Step =>
  update(
    on(kubernetes, 'kubernetes_config_map', 'shop', {
      data: { LEVEL: 'info' },
      id: 'default/shop',
      immutable: false,
      metadata: [{ annotations: {}, labels: { app: 'shop' }, name: 'shop', namespace: 'default' }],
    }),
    { set },
  )
const first = (plan: Record<string, JsonValue>): Record<string, JsonValue> => {
  const [element] = plan.resource_changes as Record<string, JsonValue>[]
  if (element === undefined) throw new Error('a plan without a change')
  return element
}
const output = (name: string, value: JsonValue): JsonObject => ({
  [name]: {
    actions: ['create'],
    before: null,
    after: value,
    after_unknown: false,
    before_sensitive: false,
    after_sensitive: false,
  },
})
const variables =
  (values: JsonObject): ((plan: Record<string, JsonValue>) => void) =>
  (plan) => {
    plan.variables = values
  }

export const PLACES: readonly Place[] = [
  place('the value of a tag', (words) => withSteps(tagChange(tagged({ Purpose: words })))),
  place('a tag of the change itself', (words) => ({
    plan: plan([rollout('orders', {}, tagged({ service: 'orders', Note: words }))]),
  })),
  place('the key of a tag', (words) => withSteps(tagChange(tagged({ [words]: 'x' })))),
  place('the description of a function', (words) =>
    withSteps(update(lambda(), { set: { description: words } })),
  ),
  place('user data', (words) => ({
    plan: plan([rollout(), update(instance(), { set: { user_data: `#!/bin/sh\n# ${words}\n` } })]),
  })),
  place('user data in base64', (words) => ({
    plan: plan([
      rollout(),
      update(instance(), { set: { user_data_base64: encoded(`#!/bin/sh\n# ${words}\n`) } }),
    ]),
  })),
  place('compressed user data', (words) => ({
    plan: plan([
      rollout(),
      update(instance(), { set: { user_data_base64: zipped(`#!/bin/sh\n# ${words}\n`) } }),
    ]),
  })),
  place('the value of an output', (words) =>
    edited(withSteps(), (plan) => {
      plan.output_changes = output('note', words)
    }),
  ),
  place('the value of an output, deep inside', (words) =>
    edited(withSteps(), (plan) => {
      plan.output_changes = output('note', { a: [{ b: words }] })
    }),
  ),
  name('the name of an output', (words) =>
    edited(withSteps(), (plan) => {
      plan.output_changes = output(words, 'x')
    }),
  ),
  name('the name of a resource', (words) =>
    withSteps(update({ ...queue(), name: words }, { set: tagged({ a: 'b' }) })),
  ),
  name('the name of the changed service', (words) => ({
    plan: plan([rollout('orders', { name: words })]),
  })),
  name('the name of a module', (words) => ({
    plan: plan([rollout('orders', { module: `module.${words}` })]),
  })),
  place('a key of for_each', (words) => ({ plan: plan([rollout('orders', { index: words })]) })),
  place('a key of for_each of another resource', (words) =>
    withSteps(update({ ...queue(), index: words }, { set: tagged({ a: 'b' }) })),
  ),
  unseen('the message of a check', (words) =>
    edited(withSteps(), (plan) => {
      plan.checks = [
        {
          address: { kind: 'check', name: 'health', to_display: 'check.health' },
          status: 'pass',
          instances: [
            {
              address: { to_display: 'check.health' },
              status: 'pass',
              problems: [{ message: words }],
            },
          ],
        },
      ]
    }),
  ),
  name('the name of a check', (words) =>
    edited(withSteps(), (plan) => {
      plan.checks = [
        {
          address: { kind: 'check', name: words, to_display: `check.${words}` },
          status: 'pass',
          instances: [],
        },
      ]
    }),
  ),
  place('the message of the run', (words) => ({ ...withSteps(), run: { message: words } })),
  place('who created the run', (words) => ({ ...withSteps(), run: { createdBy: words } })),
  place('the branch of the run', (words) => ({ ...withSteps(), run: { branch: words } })),
  place('the value of a tag of the workspace', (words) => ({
    ...withSteps(),
    run: { tags: { note: words } },
  })),
  place('the key of a tag of the workspace', (words) => ({
    ...withSteps(),
    run: { tags: { [words]: 'x' } },
  })),
  place('the workspace', (words) => ({ ...withSteps(), run: { workspace: words } })),
  place('the project', (words) => ({ ...withSteps(), run: { project: words } })),
  place('the directory, as of a branch', (words) => ({
    ...withSteps(),
    run: { directory: words },
  })),
  place('an argument of the plan', (words) => ({
    ...withSteps(),
    run: { planArguments: [`-var=note=${words}`] },
  })),
  // Kept only where it is short enough to tell the environment.
  unseen('the value of a variable', (words) =>
    edited(withSteps(), variables({ environment: { value: words } })),
  ),
  unseen('the value of a variable nobody keeps', (words) =>
    edited(withSteps(), variables({ note: { value: words } })),
  ),
  name('the name of a variable', (words) =>
    edited(withSteps(), variables({ [words]: { value: 'x' } })),
  ),
  place('the id of a statement of a queue policy', (words) =>
    withSteps(
      update(
        queue('jobs', {
          policy: policy({
            Sid: 'a',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: '*',
          }),
        }),
        {
          set: {
            policy: policy({
              Sid: words,
              Effect: 'Deny',
              Principal: '*',
              Action: 'sqs:*',
              Resource: '*',
            }),
          },
        },
      ),
    ),
  ),
  place('a condition of a queue policy', (words) =>
    withSteps(
      update(
        queue('jobs', {
          policy: policy({ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*' }),
        }),
        {
          set: {
            policy: policy({
              Effect: 'Deny',
              Principal: '*',
              Action: 'sqs:*',
              Resource: '*',
              Condition: { StringEquals: { 'aws:PrincipalTag/x': words } },
            }),
          },
        },
      ),
    ),
  ),
  place('an annotation of Kubernetes', (words) =>
    withSteps(configMap({ 'metadata.0.annotations': { 'acme.example/why': words } })),
  ),
  place('a label of Kubernetes', (words) =>
    withSteps(configMap({ 'metadata.0.labels': { app: 'shop', note: words } })),
  ),
  place('data of Kubernetes', (words) =>
    withSteps(configMap({ data: { LEVEL: 'info', NOTE: words } })),
  ),
  place('JSON in a string', (words) =>
    withSteps(
      configMap({ data: { LEVEL: 'info', CONFIG: JSON.stringify({ a: { b: [words] } }) } }),
    ),
  ),
  place('JSON in JSON in a string', (words) =>
    withSteps(
      configMap({ data: { LEVEL: JSON.stringify({ inner: JSON.stringify({ note: words }) }) } }),
    ),
  ),
  place('YAML in a string', (words) =>
    withSteps(
      configMap({ data: { LEVEL: `note: |\n  ${words.replaceAll('\n', '\n  ')}\nlevel: info\n` } }),
    ),
  ),
  unseen('a value that a provider returned', (words) => {
    const base = withSteps()
    return edited(base, (plan) => {
      const { change: _, ...element } = first(structuredClone(plan))
      plan.resource_drift = [
        {
          ...element,
          address: 'aws_sqs_queue.jobs',
          type: 'aws_sqs_queue',
          name: 'jobs',
          change: {
            actions: ['update'],
            before: { name: 'jobs', tags: {} },
            after: { name: 'jobs', tags: { note: words } },
            after_unknown: {},
            before_sensitive: {},
            after_sensitive: {},
          },
        },
      ]
    })
  }),
  name('the deposed key', (words) =>
    edited(withSteps(), (plan) => {
      first(plan).deposed = words
    }),
  ),
  name('the address it was moved from', (words) =>
    edited(withSteps(), (plan) => {
      first(plan).previous_address = `aws_ecs_service.${words}`
    }),
  ),
  place('the reason of an action', (words) =>
    edited(withSteps(), (plan) => {
      first(plan).action_reason = words
    }),
  ),
  place('the type of a resource', (words) =>
    edited(withSteps(tagChange(tagged({ a: 'b' }))), (plan) => {
      const changes = plan.resource_changes as Record<string, JsonValue>[]
      const last = changes.at(-1)
      if (last !== undefined) Object.assign(last, { type: words, address: `${words}.jobs` })
    }),
  ),
  unseen('a tag that stays as it is', (words) => ({
    plan: plan([
      rollout(),
      update(queue('jobs', tagged({ note: words })), {
        set: { delay_seconds: 0, visibility_timeout_seconds: 45 },
      }),
    ]),
  })),
  unseen('a resource that stays as it is', (words) =>
    edited(withSteps(), (plan) => {
      const changes = plan.resource_changes as Record<string, JsonValue>[]
      const values = { name: 'still', tags: { note: words } }
      changes.push({
        address: 'aws_sqs_queue.still',
        mode: 'managed',
        type: 'aws_sqs_queue',
        name: 'still',
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: {
          actions: ['no-op'],
          before: values,
          after: values,
          after_unknown: {},
          before_sensitive: {},
          after_sensitive: {},
        },
      })
    }),
  ),
  unseen('the state before', (words) =>
    edited(withSteps(), (plan) => {
      plan.prior_state = {
        format_version: '1.0',
        values: { outputs: { note: { sensitive: false, value: words } } },
      }
    }),
  ),
  unseen('the configuration', (words) =>
    edited(withSteps(), (plan) => {
      const configuration = plan.configuration as { root_module: Record<string, JsonValue> }
      configuration.root_module.variables = { note: { description: words, default: words } }
      configuration.root_module.outputs = {
        note: { description: words, expression: { constant_value: words } },
      }
    }),
  ),
]
