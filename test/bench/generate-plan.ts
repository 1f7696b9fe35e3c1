// A plan of any size, written piece by piece: nothing of it is ever stored. Its members have the order
// and about the shares of large real plans, with more of the costly one: a third each configuration
// (modules called again and again) and changes, a third planned values and prior state, 2 % drift.

export interface PlanShape {
  /** The plan ends after the resource that passes this many bytes. */
  readonly bytes: number
  /** Share of resources that change, 0 to 1. */
  readonly changed: number
}

const MODULES = 24
const RESOURCES_PER_MODULE = 16
const INSTANCES_PER_CALL = 6
/** Two per cent of the bytes. */
const DRIFT_EVERY = 15
const ENCODER: TextEncoder = new TextEncoder()
/** Bytes of one resource in all members together, measured on the text this file writes. */
const BYTES_PER_RESOURCE = 11_700

/** Pieces of about 64 KiB, one line of JSON as `terraform show -json` writes it. */
export function* generatePlan(shape: PlanShape): Generator<Uint8Array> {
  let held = ''
  for (const text of texts(shape)) {
    held += text
    if (held.length < 65_536) continue
    yield ENCODER.encode(held)
    held = ''
  }
  if (held !== '') yield ENCODER.encode(held)
}

/** The plan as a byte stream that makes each piece when it is asked for. */
export function planStream(shape: PlanShape): ReadableStream<Uint8Array> {
  const pieces = generatePlan(shape)
  return new ReadableStream(
    {
      pull(controller) {
        const next = pieces.next()
        if (next.done === true) controller.close()
        else controller.enqueue(next.value)
      },
    },
    { highWaterMark: 1 },
  )
}

function* texts(shape: PlanShape): Generator<string> {
  const count = Math.max(1, Math.round(shape.bytes / BYTES_PER_RESOURCE))
  const every = shape.changed <= 0 ? Number.POSITIVE_INFINITY : 1 / shape.changed
  const changes = (at: number): boolean => Math.floor((at + 1) / every) > Math.floor(at / every)

  yield '{"format_version":"1.2","terraform_version":"1.11.4","variables":{"environment":{"value":"staging"},"region":{"value":"eu-central-1"}},'
  yield '"planned_values":{"root_module":{"child_modules":['
  for (let at = 0; at < count; at += 1) yield `${at === 0 ? '' : ','}${planned(at)}`
  yield ']}},"resource_drift":['
  let first = true
  for (let at = 0; at < count; at += DRIFT_EVERY) {
    yield `${first ? '' : ','}${change(at, 'update')}`
    first = false
  }
  yield '],"resource_changes":['
  for (let at = 0; at < count; at += 1) {
    yield `${at === 0 ? '' : ','}${change(at, changes(at) ? 'update' : 'no-op')}`
  }
  yield '],"output_changes":{"endpoint":{"actions":["no-op"],"before":"a","after":"a","after_unknown":false,"before_sensitive":false,"after_sensitive":false}},'
  yield '"prior_state":{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{"child_modules":['
  for (let at = 0; at < count; at += 1) yield `${at === 0 ? '' : ','}${prior(at)}`
  yield ']}}},"configuration":{"provider_config":{"aws":{"name":"aws","full_name":"registry.terraform.io/hashicorp/aws","version_constraint":"~> 5.0"}},"root_module":{"module_calls":{'
  const calls = Math.max(1, Math.round(count / INSTANCES_PER_CALL))
  for (let at = 0; at < calls; at += 1) yield `${at === 0 ? '' : ','}${moduleCall(at)}`
  yield '}}},"relevant_attributes":['
  for (let at = 0; at < count; at += 1) {
    yield `${at === 0 ? '' : ','}{"resource":"${address(at)}","attribute":["vpc_config",0,"subnet_ids"]}`
  }
  yield '],"timestamp":"2026-11-20T08:00:00Z","applyable":true,"complete":true,"errored":false}\n'
}

function address(at: number): string {
  return `module.service_${Math.floor(at / INSTANCES_PER_CALL)}.${kindOf(at)}.${nameOf(at)}[\\"node-${at}\\"]`
}

function kindOf(at: number): string {
  return ['aws_lambda_function', 'aws_security_group', 'aws_iam_role', 'aws_instance'][at % 4] ?? ''
}

/** Every resource is an instance of one of its module's blocks. */
function nameOf(at: number): string {
  return `this_${at % RESOURCES_PER_MODULE}`
}

function head(at: number): string {
  return `"address":"${address(at)}","module_address":"module.service_${Math.floor(at / INSTANCES_PER_CALL)}","mode":"managed","type":"${kindOf(at)}","name":"${nameOf(at)}","index":"node-${at}","provider_name":"registry.terraform.io/hashicorp/aws"`
}

function change(at: number, action: string): string {
  const before = values(at, 'one')
  const after = action === 'no-op' ? before : values(at, 'two')
  return `{${head(at)},"change":{"actions":["${action}"],"before":${before},"after":${after},"after_unknown":{"tags":{},"vpc_config":[{"subnet_ids":[false,false]}]},"before_sensitive":{"environment":[{"variables":{"TOKEN":true}}]},"after_sensitive":{"environment":[{"variables":{"TOKEN":true}}]}}}`
}

function planned(at: number): string {
  return `{"resources":[{${head(at)},"schema_version":0,"values":${values(at, 'two')},"sensitive_values":{"tags":{}}}],"address":"module.service_${at}"}`
}

function prior(at: number): string {
  return `{"resources":[{${head(at)},"schema_version":0,"values":${values(at, 'one')},"sensitive_values":{"tags":{}},"depends_on":["module.network.aws_subnet.private","module.network.aws_vpc.main","data.aws_caller_identity.current"]}],"address":"module.service_${at}"}`
}

function values(at: number, version: string): string {
  const account = 100_000_000_000 + at
  return `{"architectures":["x86_64"],"arn":"arn:aws:lambda:eu-central-1:${account}:function:orders-${at}","code_signing_config_arn":"","dead_letter_config":[],"description":"Handles orders of shard ${at}; see the run book — owned by the payments team","environment":[{"variables":{"LOG_LEVEL":"info","SHARD":"${at}","TOKEN":"tok-${at * 7919}","VERSION":"${version}"}}],"ephemeral_storage":[{"size":512}],"filename":null,"function_name":"orders-${at}","handler":"index.handler","id":"orders-${at}","image_config":[],"kms_key_arn":null,"last_modified":"2026-10-0${(at % 9) + 1}T12:00:00.000+0000","layers":["arn:aws:lambda:eu-central-1:${account}:layer:base:${at % 50}"],"memory_size":${128 * ((at % 8) + 1)},"policy":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":[\\"s3:GetObject\\",\\"s3:PutObject\\"],\\"Resource\\":\\"arn:aws:s3:::orders-${at}/*\\"}]}","publish":false,"qualified_arn":null,"reserved_concurrent_executions":-1,"role":"arn:aws:iam::${account}:role/orders","runtime":"nodejs22.x","s3_bucket":"artefacts-${at % 17}","source_code_size":${10_000 + at},"tags":{"Environment":"staging","Name":"orders-${at}","Owner":"payments","kubernetes.io/cluster/main":"owned"},"tags_all":{"Environment":"staging","Name":"orders-${at}","Owner":"payments","kubernetes.io/cluster/main":"owned"},"timeout":30,"timeouts":null,"tracing_config":[{"mode":"Active"}],"vpc_config":[{"ipv6_allowed_for_dual_stack":false,"security_group_ids":["sg-0${account}"],"subnet_ids":["subnet-0a${account}","subnet-0b${account}"],"vpc_id":"vpc-0${account}"}]}`
}

function moduleCall(at: number): string {
  const module = at % MODULES
  const resources = Array.from({ length: RESOURCES_PER_MODULE }, (_, n) => configured(module, n))
  const variables = Array.from({ length: 40 }, (_, n) => variable(module, n))
  return `"service_${at}":{"source":"registry.example.com/platform/service-${module}/aws","version_constraint":"~> 3.${module}","expressions":{"environment":{"references":["var.environment"]},"name":{"constant_value":"service-${at}"},"vpc_id":{"references":["module.network.vpc_id","module.network"]}},"module":{"outputs":{"arn":{"expression":{"references":["aws_lambda_function.this_0","aws_lambda_function.this_0.arn"]},"description":"Name of the function"}},"resources":[${resources.join(',')}],"variables":{${variables.join(',')}}}}`
}

function configured(module: number, at: number): string {
  return `{"address":"${kindOf(at)}.${nameOf(at)}","mode":"managed","type":"${kindOf(at)}","name":"${nameOf(at)}","provider_config_key":"aws","expressions":{"function_name":{"references":["var.name","local.suffix_${module}"]},"handler":{"constant_value":"index.handler"},"memory_size":{"references":["var.memory_size"]},"role":{"references":["aws_iam_role.this_2.arn","aws_iam_role.this_2"]},"runtime":{"constant_value":"nodejs22.x"},"tags":{"references":["local.tags","var.tags"]},"timeout":{"constant_value":30},"vpc_config":[{"security_group_ids":{"references":["aws_security_group.this_1.id","aws_security_group.this_1"]},"subnet_ids":{"references":["var.subnet_ids"]}}]},"schema_version":0,"for_each_expression":{"references":["var.nodes"]},"depends_on":["aws_iam_role.this_2"]}`
}

function variable(module: number, at: number): string {
  return `"setting_${at}":{"default":${at % 3 === 0 ? 'null' : '"unset"'},"description":"Setting ${at} of module ${module}: controls how the service behaves when nothing else is given. See the documentation for the allowed values and what each of them means for cost, availability and the way deployments are rolled out to the nodes of this shard."}`
}
