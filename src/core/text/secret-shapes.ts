// Credentials that announce themselves by prefix or frame. A row adds a shape; every pattern is
// bounded, or can only start where a run of its own characters starts.

export interface SecretShape {
  readonly name: string
  readonly find: RegExp
  /** Replacement, after `String.prototype.replace`. */
  readonly put: string
}

const PUT = '(redacted)'

export const SECRET_SHAPES: readonly SecretShape[] = [
  {
    name: 'private key',
    find: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,60}-----|$)/g,
    put: PUT,
  },
  {
    name: 'URL with a password',
    find: /([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#"'<>:@]{0,128}:(?!\d{1,5}(?:[/?#]|$))[^\s"'<>]{1,256}@/gi,
    put: `$1${PUT}@`,
  },
  {
    name: 'URL with a token as its user',
    find: /([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#"'<>:@()]{16,256}@/gi,
    put: `$1${PUT}@`,
  },
  {
    name: 'signed URL',
    find: /((?:[?&]|\\u0026)(?:x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|sig|signature|token|access_token|auth|api[-_]?key|apikey|code|password|secret|client_secret)=)(?!\(redacted\))[^&\s"'<>\\]{1,4096}/gi,
    put: `$1${PUT}`,
  },
  {
    name: 'incoming webhook',
    find: /((?:hooks\.slack\.com\/(?:services|workflows)|discord(?:app)?\.com\/api\/webhooks|webhook\.office\.com\/webhookb2)\/)(?!\(redacted\))[^\s"'<>]{1,512}/gi,
    put: `$1${PUT}`,
  },
  {
    name: 'bearer or basic credentials',
    find: /\b(bearer|basic)(\s{1,3})(?=[A-Za-z._~+/-]{0,64}[0-9=])[A-Za-z0-9._~+/=-]{8,4096}/gi,
    put: `$1$2${PUT}`,
  },
  {
    name: 'JSON web token',
    find: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
    put: PUT,
  },
  {
    name: 'AWS access key id',
    find: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g,
    put: PUT,
  },
  { name: 'GitHub token', find: /(?<![A-Za-z0-9])gh[oprsu]_[A-Za-z0-9]{20,}/g, put: PUT },
  { name: 'GitHub fine-grained token', find: /(?<![A-Za-z0-9])github_pat_\w{20,}/g, put: PUT },
  {
    name: 'GitLab token',
    find: /(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt|cbt|ft|soat|imt|agent)-[\w-]{16,}/g,
    put: PUT,
  },
  { name: 'Slack token', find: /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp)-[\w-]{10,}/g, put: PUT },
  {
    name: 'Stripe key',
    find: /(?<![A-Za-z0-9])(?:[prs]k_(?:live|test)|whsec)_[A-Za-z0-9]{10,}/g,
    put: PUT,
  },
  {
    name: 'Anthropic or OpenAI key',
    find: /(?<![A-Za-z0-9])sk-(?:ant-|proj-)?[\w-]{20,}/g,
    put: PUT,
  },
  { name: 'Google API key', find: /(?<![A-Za-z0-9])AIza[\w-]{35}/g, put: PUT },
  { name: 'Google OAuth', find: /(?<![A-Za-z0-9])(?:ya29\.|GOCSPX-)[\w-]{16,}/g, put: PUT },
  { name: 'npm token', find: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,}/g, put: PUT },
  { name: 'PyPI token', find: /(?<![A-Za-z0-9])pypi-[\w-]{16,}/g, put: PUT },
  {
    name: 'HCP Terraform token',
    find: /(?<![A-Za-z0-9])[A-Za-z0-9]{8,24}\.atlasv1\.[\w-]{20,}/g,
    put: PUT,
  },
  { name: 'Vault token', find: /(?<![A-Za-z0-9])hv[bsr]\.[\w-]{20,}/g, put: PUT },
  { name: 'DigitalOcean token', find: /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{32,}/g, put: PUT },
  { name: 'SendGrid key', find: /(?<![A-Za-z0-9])SG\.[\w-]{16,}\.[\w-]{16,}/g, put: PUT },
  {
    name: 'Shopify, Grafana, Databricks, Hugging Face, New Relic',
    find: /(?<![A-Za-z0-9])(?:shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|gls[ac]_\w{20,}|dapi[a-f0-9]{32}|hf_[A-Za-z0-9]{30,}|NRAK-[A-Z0-9]{20,})/g,
    put: PUT,
  },
]
