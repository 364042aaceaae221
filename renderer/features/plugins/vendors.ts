/** A setting of a vendor's plugin that the guided form asks for. */
export interface VendorSetting {
  readonly key: string;
  readonly isRequired: boolean;
  readonly example: string;
}

/** What is known of a plugin in the field: public documentation of its vendor. */
export interface Vendor {
  /** The plugin's name, which is its folder's. */
  readonly plugin: string;
  /** How the vendor calls it. */
  readonly title: string;
  readonly does: readonly ('signature' | 'envelope' | 'identity' | 'revocation')[];
  readonly settings: readonly VendorSetting[];
  /** Variables of the environment that it reads. */
  readonly environment: readonly string[];
  readonly idExample: string;
  readonly isKeyId: (id: string) => boolean;
  readonly about: 'aws' | 'azure' | 'vault' | 'venafi' | 'alibaba';
}

const awsProfile = /^arn:aws(?:-cn|-us-gov)?:signer:[a-z0-9-]+:\d{12}:\/signing-profiles\/\w{2,64}$/;
const azureKey = /^https:\/\/[A-Za-z0-9-]{3,24}\.vault\.[a-z.]+\/keys\/[A-Za-z0-9-]{1,127}\/[0-9a-f]{32}$/;
const plainName = /^[A-Za-z0-9_.-]{1,200}$/;
const noSpaces = /^\S{1,500}$/;

export const vendors: readonly Vendor[] = [
  {
    plugin: 'com.amazonaws.signer.notation.plugin',
    title: 'AWS Signer',
    does: ['envelope', 'identity', 'revocation'],
    settings: [
      { key: 'aws-profile', isRequired: false, example: 'default' },
      { key: 'aws-region', isRequired: false, example: 'us-east-1' },
    ],
    environment: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION'],
    idExample: 'arn:aws:signer:us-east-1:111122223333:/signing-profiles/Release',
    isKeyId: (id) => awsProfile.test(id),
    about: 'aws',
  },
  {
    plugin: 'azure-kv',
    title: 'Azure Key Vault',
    does: ['signature'],
    settings: [
      { key: 'self_signed', isRequired: false, example: 'true' },
      { key: 'ca_certs', isRequired: false, example: '/path/to/chain.pem' },
      { key: 'credential_type', isRequired: false, example: 'default' },
    ],
    environment: ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_CLIENT_SECRET'],
    idExample: 'https://myvault.vault.azure.net/keys/release/0123456789abcdef0123456789abcdef',
    isKeyId: (id) => azureKey.test(id),
    about: 'azure',
  },
  {
    plugin: 'hc-vault',
    title: 'HashiCorp Vault',
    does: ['signature'],
    settings: [],
    environment: ['VAULT_ADDR', 'VAULT_TOKEN'],
    idExample: 'release',
    isKeyId: (id) => plainName.test(id),
    about: 'vault',
  },
  {
    plugin: 'venafi-csp',
    title: 'Venafi CodeSign Protect',
    does: ['envelope', 'identity', 'revocation'],
    settings: [{ key: 'config', isRequired: true, example: '/path/to/config.ini' }],
    environment: [],
    idExample: 'vsign-rsa2048-cert',
    isKeyId: (id) => noSpaces.test(id),
    about: 'venafi',
  },
  {
    plugin: 'alibabacloud.secretmanager.plugin',
    title: 'Alibaba Cloud KMS',
    does: ['signature', 'identity', 'revocation'],
    settings: [{ key: 'ca_certs', isRequired: true, example: '/path/to/chain.pem' }],
    environment: [
      'ALIBABA_CLOUD_ACCESS_KEY_ID',
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
      'ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT',
    ],
    idExample: 'key-hzz0123456789abcdef',
    isKeyId: (id) => noSpaces.test(id),
    about: 'alibaba',
  },
];

/** What is known of a plugin by its name. */
export function vendorOf(plugin: string): Vendor | undefined {
  return vendors.find((vendor) => vendor.plugin === plugin);
}
