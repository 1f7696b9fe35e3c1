// Which names announce a credential. The last words of the last step decide, so that names about
// a credential (`secret_name`, `token_ttl`, `kms_key_id`) stay readable evidence.

/**
 * The attribute, variable or key of this name probably holds a credential. Takes a single name or
 * a dotted path (`environment.variables.DB_PASSWORD`); snake, kebab and camel case.
 */
export function isSecretName(name: string): boolean {
  const words = wordsOf(lastStep(name))
  const [first] = words
  if (first !== undefined && words.length > 1 && ABOUT.has(first)) return false
  for (let end = words.length; end > 0; end -= 1) {
    const last = words[end - 1] ?? ''
    if (SECRET_WORDS.has(last) || SECRET_PAIRS.has(`${words[end - 2] ?? ''} ${last}`)) return true
    if (!isTrailer(last)) return false
  }
  return false
}

const SECRET_WORDS: ReadonlySet<string> = new Set(
  `password passwords passwd pass pwd pw passphrase passcode secret secrets token tokens credential
  credentials creds auth authorization apikey apikeys accesskey secretkey privatekey accountkey
  sharedkey clientsecret authtoken accesstoken connectionstring connstr sas psk kubeconfig keytab
  jwt bearer totp otp dbpassword userpassword rootpassword adminpassword`.split(/\s+/),
)

const SECRET_PAIRS: ReadonlySet<string> = new Set([
  ...[
    ...['api', 'access', 'secret', 'private', 'signing', 'shared', 'account', 'auth', 'license'],
    ...['master', 'hmac', 'host', 'storage', 'session', 'preshared', 'deploy'],
  ].flatMap((word) => [`${word} key`, `${word} keys`]),
  'connection string',
  'connection strings',
  'conn string',
  'sas url',
  'webhook url',
  'key material',
])

/** Words after the telling one that do not change what the value is. */
const TRAILERS: ReadonlySet<string> = new Set(
  `value values string wo old new current previous primary secondary base64 b64 hash pem data binary
  plaintext plain text json content contents base raw encrypted`.split(/\s+/),
)

/** First words that make it a setting about credentials: `max_tokens`, `rotate_secret`. */
const ABOUT: ReadonlySet<string> = new Set(
  `max min num number count enable enabled disable disabled require requires required use uses allow
  has is rotate ignore`.split(/\s+/),
)

function isTrailer(word: string): boolean {
  return TRAILERS.has(word) || /^\d+$/.test(word)
}

function lastStep(name: string): string {
  const steps = name.slice(-256).split(/[.[\]"'/\s]+/)
  return steps.findLast((step) => step !== '' && !/^\d+$/.test(step)) ?? ''
}

function wordsOf(step: string): readonly string[] {
  return step
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}
