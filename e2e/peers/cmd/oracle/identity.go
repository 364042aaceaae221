package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"time"

	"github.com/notaryproject/notation-go"
	"github.com/notaryproject/notation-go/dir"
	"github.com/notaryproject/notation-go/plugin"
	"github.com/notaryproject/notation-go/signer"
	"github.com/notaryproject/notation-go/verifier"
	"github.com/notaryproject/notation-go/verifier/trustpolicy"
	"github.com/notaryproject/notation-go/verifier/truststore"
	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

type identityParams struct {
	// Subject is the DER of the signer's subject name.
	Subject    []byte   `json:"subject"`
	Identities []string `json:"identities"`
}

type identityResult struct {
	// Subject is the name as the library prints and then compares it.
	Subject string   `json:"subject"`
	Matched bool     `json:"matched"`
	Error   *failure `json:"error"`
}

// matchIdentity tells whether a signer with the given subject is one of the
// trusted identities. The library does not export the comparison, so a
// certificate is issued for the subject, used once, and verified.
func matchIdentity(params identityParams) (*identityResult, error) {
	root, leaf, key, err := issue(params.Subject)
	if err != nil {
		return nil, err
	}
	verification := trustpolicy.SignatureVerification{
		VerificationLevel: "strict",
		Override: map[trustpolicy.ValidationType]trustpolicy.ValidationAction{
			trustpolicy.TypeRevocation: trustpolicy.ActionSkip,
		},
	}
	document := &trustpolicy.Document{Version: "1.0", TrustPolicies: []trustpolicy.TrustPolicy{{
		Name:                  "identity",
		RegistryScopes:        []string{"*"},
		SignatureVerification: verification,
		TrustStores:           []string{"ca:identity"},
		TrustedIdentities:     params.Identities,
	}}}
	told := &identityResult{Subject: leaf.Subject.String()}
	checker, err := verifier.New(document, oneRoot{root}, plugin.NewCLIManager(dir.PluginFS()))
	if err != nil {
		told.Error = describe(err)
		return told, nil
	}
	content := []byte("identity")
	desc := ocispec.Descriptor{MediaType: "text/plain", Digest: digest.FromBytes(content), Size: int64(len(content))}
	local, err := signer.New(key, []*x509.Certificate{leaf, root})
	if err != nil {
		return nil, err
	}
	envelope, _, err := local.Sign(context.Background(), desc, notation.SignerSignOptions{SignatureMediaType: mediaTypes["jws"]})
	if err != nil {
		return nil, err
	}
	_, err = checker.Verify(context.Background(), desc, envelope, notation.VerifierVerifyOptions{
		ArtifactReference:  "registry.example/identity@" + desc.Digest.String(),
		SignatureMediaType: mediaTypes["jws"],
	})
	told.Matched, told.Error = err == nil, describe(err)
	return told, nil
}

// oneRoot is a trust store with a single certificate.
type oneRoot struct{ root *x509.Certificate }

func (s oneRoot) GetCertificates(context.Context, truststore.Type, string) ([]*x509.Certificate, error) {
	return []*x509.Certificate{s.root}, nil
}

// issue makes a root and a signing certificate with the given subject.
func issue(subject []byte) (root, leaf *x509.Certificate, key *ecdsa.PrivateKey, err error) {
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, nil, err
	}
	rootTemplate := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "oracle root"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(time.Hour),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	if root, err = create(rootTemplate, rootTemplate, rootKey, rootKey); err != nil {
		return nil, nil, nil, err
	}
	if key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, nil, nil, err
	}
	leafTemplate := &x509.Certificate{
		SerialNumber: big.NewInt(2),
		RawSubject:   subject,
		NotBefore:    rootTemplate.NotBefore,
		NotAfter:     rootTemplate.NotAfter,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning},
	}
	leaf, err = create(leafTemplate, root, key, rootKey)
	return root, leaf, key, err
}

func create(template, parent *x509.Certificate, key, parentKey *ecdsa.PrivateKey) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, parentKey)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}
