// What a machine writes and what a person says, told apart by shape alone. The list is of what is
// allowed: a text that is not clearly a machine's is somebody's, and is withheld.

/** Longer values are withheld, whatever their alphabet; ARNs and resource ids stay below it. */
const LONGEST = 220
/** A name or key that a person chose. */
const LONGEST_NAME = 64
/** `payments-prod-eu-west-1-worker-blue` has six; a sentence in dashes has more. */
const MOST_WORDS_IN_PART = 7
const MOST_WORDS = 26

const TOKEN = /^[A-Za-z0-9_.:/@*+=,-]+$/
const CRON = /^cron\((?:(?:[\dLW*?/,#-]|SUN|MON|TUE|WED|THU|FRI|SAT)+ ?){5,6}\)$/
/** Versions of launch templates. */
const VERSION = /^\$(?:Default|Latest)$/
const RATE = /^rate\(\d{1,6} (?:minute|hour|day)s?\)$/
/** Variables of policy languages and the sign of "known later" in a template. */
const POLICY_VARIABLE = /\$\{(?:aws|saml|cognito-identity|s3|ec2|iam):[A-Za-z/]{1,40}\}/g

/** A short token of a conservative alphabet that says nothing, `cron(…)`, `rate(…)` or nothing. */
export function isMachineText(text: string): boolean {
  if (text === '') return true
  if (text.length > LONGEST) return false
  const plain = text.replace(POLICY_VARIABLE, 'var')
  if (CRON.test(plain) || RATE.test(plain) || VERSION.test(plain)) return true
  return TOKEN.test(plain) && !speaks(plain)
}

/** A name, a map key or an index that tells nothing to whoever reads it. */
export function isMachineName(text: string): boolean {
  return text !== '' && text.length <= LONGEST_NAME && TOKEN.test(text) && !speaks(text)
}

/** An attribute at the root of a resource, which its provider named: snake case and no sentence. */
export function isProvidersName(text: string): boolean {
  if (!/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(text) || text.length > LONGEST_NAME) return false
  const words = wordsOf(text)
  return (
    !words.some((word) => TELLING.has(word)) && words.filter((word) => LITTLE.has(word)).length < 2
  )
}

/** Words of a token: at signs, and where a capital follows a small letter. Lower case. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

/** The token as the sentence it may be: signs, capitals and digits for letters become spaces and letters. */
export function folded(text: string): string {
  return wordsOf(text).join(' ')
}

/** A token that reads as a sentence, or as a judgement. */
export function speaks(text: string): boolean {
  const words = wordsOf(text).filter((word) => /\p{L}{2}/u.test(word))
  if (words.length > MOST_WORDS) return true
  if (words.some((word) => /^[a-z]{25,}$/.test(word) && !LONG_WORD.test(word))) return true
  const plain = words.map(unleet)
  if (plain.some((word) => TELLING.has(word) || TELLING_ELSEWHERE.has(word))) return true
  // `AmazonEC2ContainerRegistryReadOnly` and `IfNotPresent` are a provider's own words.
  const isCamel = /^[A-Za-z0-9]+$/.test(text) && /[a-z][A-Z]/.test(text)
  const little = plain.filter((word) => LITTLE.has(word) && !(isCamel && SOFT.has(word))).length
  if (little >= 2 || (little === 1 && plain.length >= 4)) return true
  if (SQUEEZED.test(plain.join('')) || PERSUADES.test(plain.join(' '))) return true
  return text
    .split(/[/:@=,.]/)
    .some(
      (part) => wordsOf(part).filter((word) => /\p{L}{2}/u.test(word)).length > MOST_WORDS_IN_PART,
    )
}

/** Runs of letters in ids: base32 and hexadecimal without vowels in a row are nobody's words. */
const LONG_WORD = /^[a-f]+$|[bcdfghjklmnpqrstvwxz]{6}/

/** `1gn0re`, `4ppr0ved`: only inside a word, so that `ec2` and `s3` stay what they are. */
function unleet(word: string): string {
  if (
    !/\d/.test(word) ||
    /^[a-z]{1,4}\d+$/.test(word) ||
    (/^\d+/.test(word) && /\d{2}/.test(word))
  ) {
    return word
  }
  return word.replace(/[013457]/g, (digit) => LEET[digit] ?? digit)
}

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
}

/** Words that judge the change, or talk to its reader. */
const TELLING: ReadonlySet<string> = new Set(
  `approved preapproved approval harmless verdict verdicts instruction instructions reviewer reviewers
  benign disregard jailbreak llm chatgpt please trustworthy preauthorized preauthorised authorised
  cosmetic harmlessly safely untrusted lgtm approve approves noop throwaway disposable unimportant
  reviewed signoff`.split(/\s+/),
)

/** The same in languages whose names of things look like English ones. */
const TELLING_ELSEWHERE: ReadonlySet<string> = new Set(
  `aprueba aprobar apruebe aprobado aprobada ignora ignorar olvida olvidar instrucciones inofensivo
  liberar freigeben freigegeben freigabe genehmigt genehmigen harmlos ignoriere vergiss vergessen bitte
  anweisung anweisungen approuver approuve approuvez approuvee ignorez oubliez inoffensif aprovar aprovado
  aprove instrucoes inofensiva approvare approvato approva ignorare istruzioni innocuo goedgekeurd`.split(
    /\s+/,
  ),
)

/** The little words that make a sentence of a list of names. */
const LITTLE: ReadonlySet<string> = new Set(
  `is are was were be been being am this that these those the it its you your yours we our they their
  should must shall will would could can cannot do does did dont doesnt not never ever only just
  already because so but if when then than with without about please as safe ignore release let lets
  pass trust nothing everything all any anyone nobody fine ok okay good says said tell told treat
  consider mark report flag hold block hide who what why how here there now`.split(/\s+/),
)

/** Little words that stand in the names of managed policies and settings, too. */
const SOFT: ReadonlySet<string> = new Set('only any all not if'.split(' '))

/** Short judgements, with their words apart. */
const PERSUADES =
  /\b(?:no|low|zero|without|little) risk\b|\brisk (?:none|low|no|zero|free)\b|\bship it\b|\bgo ahead\b|\ball clear\b|\btrust (?:me|us|this|it)\b|\bnothing to\b|\bno op\b|\bnot (?:in )?(?:production|prod|important|needed|used|use|real|live)\b|\bno longer\b|\b(?:ok|okay|safe|good|fine|ready|free|can|may|must) (?:to |be )?(?:remove|delete|deleted|destroy|drop|change|release|released|apply|merge|pass|ignore|ignored|go)\b|\bknown good\b|\bfalse positive\b|\b(?:already|pre) (?:reviewed|checked|cleared|accepted|signed|released)\b|\bdelete me\b|\b(?:test|dev) (?:data )?only\b|\b(?:test|demo|dummy|fake) data\b|\bposition (?:release|hold)\b|\bholds? (?:false|no|nothing)\b|\bend of (?:plan|data|packet|text)\b|\b(?:assistant|human|reviewer|system|model|claude|ai) (?:release|ok|okay|approve|pass|says?|note|must|may|please)\b|\bdear (?:model|ai|reviewer|claude|assistant)\b/

const SQUEEZED =
  /(?:ignore|disregard|forget|override|bypass)(?:all|any|the|this|previous|prior|above|your|every)|previousinstruction|systemprompt|(?:is|are|be|as|its|completely|perfectly)(?:safe|harmless|approved|benign)|safeto(?:apply|release|approve|pass|ignore|delete|destroy)|(?:approved|authorized|authorised|signedoff|cleared)by|(?:release|approve|pass)(?:this|it|theplan|plan|the)|donot(?:flag|report|hold|block|escalate)|youare|noreview|reviewnot/
