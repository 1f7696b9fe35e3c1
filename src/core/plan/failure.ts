// Every reason why a document could not be read as a plan, and what a person is told.
import { unreachable } from '../result.ts'
import { redact } from '../text/secrets.ts'

/** Offsets count bytes of the document as UTF-8, after decompression and without byte-order mark. */
export type PlanFailure =
  | { readonly reason: 'empty' }
  | { readonly reason: 'not-a-plan'; readonly looksLike: string; readonly advice: string }
  | { readonly reason: 'malformed'; readonly at: number; readonly detail: string }
  | { readonly reason: 'truncated'; readonly at: number }
  | { readonly reason: 'trailing-content'; readonly at: number }
  | { readonly reason: 'duplicate-key'; readonly key: string }
  | { readonly reason: 'unsupported-format'; readonly version: string }
  | { readonly reason: 'undecodable'; readonly encoding: string; readonly detail: string }
  | {
      readonly reason: 'limit'
      readonly limit: string
      readonly max: number
      readonly unit: string
    }
  | { readonly reason: 'unexpected-shape'; readonly where: string; readonly expected: string }
  | { readonly reason: 'read-error'; readonly detail: string }

/**
 * One sentence for a platform engineer: what was being read, what stopped it, what to do now. Never a
 * value from the plan; the one name it may carry, that of a key, is stripped to plain characters.
 */
export function describeFailure(failure: PlanFailure): string {
  switch (failure.reason) {
    case 'empty':
      return 'Reading the plan: the input is empty; check that "terraform show -json PLANFILE" succeeded and that its output reached this command.'
    case 'not-a-plan':
      return `Reading the plan: this looks like ${failure.looksLike}, not like a plan; ${failure.advice}.`
    case 'malformed':
      return `Reading the plan: not valid JSON at byte ${failure.at} (${failure.detail}); write the file again with "terraform show -json PLANFILE" and do not edit it.`
    case 'truncated':
      return `Reading the plan: the document ends in the middle, after ${failure.at} bytes; the command that wrote it was probably interrupted, so run "terraform show -json PLANFILE" again.`
    case 'trailing-content':
      return `Reading the plan: something else follows the document at byte ${failure.at}; pass one plan at a time, without log lines after it.`
    case 'duplicate-key':
      return `Reading the plan: the key "${plainName(failure.key)}" occurs twice in one object, which Terraform never writes; have the plan made again and find out what edited it.`
    case 'unsupported-format':
      return `Reading the plan: format version ${plainVersion(failure.version)} is not supported (0.1 to 1.x are); update this tool or make the plan with a supported version of Terraform or OpenTofu.`
    case 'undecodable':
      return `Reading the plan: the bytes cannot be decoded as ${failure.encoding} (${failure.detail}); ${decodable(failure.encoding)}.`
    case 'limit':
      return `Reading the plan: more than the limit for ${failure.limit}, ${failure.max} ${failure.unit}; split the plan or have a person review it.`
    case 'unexpected-shape':
      return `Reading the plan: "${failure.where}" is not ${failure.expected}, so this is not what "terraform show -json" writes; make the plan again, without tools that edit it in between.`
    case 'read-error':
      return `Reading the plan: the input broke off (${failure.detail}); try again.`
    default:
      return unreachable(failure)
  }
}

function decodable(encoding: string): string {
  return encoding === 'gzip'
    ? 'compress the plan again, once, or pass it as it is'
    : 'write the file as UTF-8, in PowerShell with "-Encoding utf8" or through "cmd /c"'
}

function plainName(key: string): string {
  return redact(key)
    .replace(/[^\w.:/@() -]/g, '?')
    .slice(0, 80)
}

function plainVersion(version: string): string {
  return /^[0-9]{1,6}(\.[0-9]{1,6}){0,2}$/.test(version) ? version : 'that is not a version number'
}
