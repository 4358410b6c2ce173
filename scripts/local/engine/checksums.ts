/**
 * SHA-256 of the archives of `engineVersion` by platform and processor, as Pulumi published them in
 * its own Homebrew formula (github.com/pulumi/homebrew-tap, Formula/pulumi.rb, "Brew formula update
 * for Pulumi version 3.256.0", 2026-08-04).
 */
export const archiveChecksums: Readonly<Record<string, string>> = {
  'linux-x64': 'fe4afd4cda48f7fe06961268834caf78fb1efa8b31ee61ad00ee2e6cfa91caea',
  'linux-arm64': 'a5b0c4cfc894d9147b8769eeb590fb6517f98829595d95443c2b6f91b1815711',
  'darwin-x64': '53a8c8775cb6e9886482552a3e7c74eccec7284dce4a4f68368a94113cf47b98',
  'darwin-arm64': 'da8ed5d80c07ef00c5b0a489ddcedf4c985092d69b8efc4e9d2193e1e4f05b5b',
};
