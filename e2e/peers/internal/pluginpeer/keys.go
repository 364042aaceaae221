package pluginpeer

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"math/big"

	corex509 "github.com/notaryproject/notation-core-go/x509"
	"github.com/notaryproject/notation-plugin-framework-go/plugin"
)

// hashes are the digests of the contract.
var hashes = map[plugin.HashAlgorithm]crypto.Hash{
	plugin.HashAlgorithmSHA256: crypto.SHA256,
	plugin.HashAlgorithmSHA384: crypto.SHA384,
	plugin.HashAlgorithmSHA512: crypto.SHA512,
}

// SpecOf names the kind of a public key.
func SpecOf(key crypto.PublicKey) (plugin.KeySpec, error) {
	switch key := key.(type) {
	case *rsa.PublicKey:
		return plugin.KeySpec(fmt.Sprintf("RSA-%d", key.N.BitLen())), nil
	case *ecdsa.PublicKey:
		return plugin.KeySpec(fmt.Sprintf("EC-%d", key.Curve.Params().BitSize)), nil
	}
	return "", Refuse(plugin.ErrorCodeValidation, "unsupported key %T", key)
}

// Digest hashes what is to be signed.
func Digest(name plugin.HashAlgorithm, payload []byte) ([]byte, crypto.Hash, error) {
	hash, known := hashes[name]
	if !known {
		return nil, 0, Refuse(plugin.ErrorCodeValidation, "unsupported hash algorithm %q", name)
	}
	hasher := hash.New()
	hasher.Write(payload)
	return hasher.Sum(nil), hash, nil
}

// SignDigest signs as the contract wants it: PSS with a salt as long as the
// digest, or r and s one after the other.
func SignDigest(key crypto.PrivateKey, digest []byte, hash crypto.Hash) ([]byte, error) {
	switch key := key.(type) {
	case *rsa.PrivateKey:
		return rsa.SignPSS(rand.Reader, key, hash, digest, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
	case *ecdsa.PrivateKey:
		r, s, err := ecdsa.Sign(rand.Reader, key, digest)
		if err != nil {
			return nil, err
		}
		return Concat(r, s, key.Curve.Params().BitSize), nil
	}
	return nil, Refuse(plugin.ErrorCodeValidation, "unsupported key %T", key)
}

// Concat writes r and s, each as long as the curve's numbers.
func Concat(r, s *big.Int, bits int) []byte {
	size := (bits + 7) / 8
	return append(r.FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...)
}

// ReadKey reads a private key and its chain from <path>.key and <path>.crt.
func ReadKey(path string) (crypto.PrivateKey, []*x509.Certificate, error) {
	key, err := corex509.ReadPrivateKeyFile(path + ".key")
	if err != nil {
		return nil, nil, Refuse(plugin.ErrorCodeAccessDenied, "key: %v", err)
	}
	chain, err := corex509.ReadCertificateFile(path + ".crt")
	if err != nil {
		return nil, nil, Refuse(plugin.ErrorCodeAccessDenied, "certificates: %v", err)
	}
	return key, chain, nil
}

// Raw gives certificates as the contract wants them.
func Raw(chain []*x509.Certificate) [][]byte {
	raw := make([][]byte, len(chain))
	for i, certificate := range chain {
		raw[i] = certificate.Raw
	}
	return raw
}
