package main

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"time"

	"github.com/notaryproject/notation-core-go/revocation"
	"github.com/notaryproject/notation-core-go/revocation/result"
	corex509 "github.com/notaryproject/notation-core-go/x509"
	"github.com/notaryproject/notation-go"
	"github.com/notaryproject/notation-go/dir"
	"github.com/notaryproject/notation-go/plugin"
	"github.com/notaryproject/notation-go/verifier"
	"github.com/notaryproject/notation-go/verifier/trustpolicy"
	"github.com/notaryproject/notation-go/verifier/truststore"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

type scopeParams struct {
	Scope string `json:"scope"`
}

// checkScope tells why a registry scope is refused, if it is.
func checkScope(params scopeParams) (*verdict, error) {
	document := trustpolicy.Document{Version: "1.0", TrustPolicies: []trustpolicy.TrustPolicy{{
		Name:                  "scope",
		RegistryScopes:        []string{params.Scope},
		SignatureVerification: trustpolicy.SignatureVerification{VerificationLevel: "strict"},
		TrustStores:           []string{"ca:scope"},
		TrustedIdentities:     []string{"*"},
	}}}
	return &verdict{Error: describe(document.Validate())}, nil
}

type verifyUnderParams struct {
	// Policy is the text of a trust policy document.
	Policy       string             `json:"policy"`
	Ref          string             `json:"ref"`
	Descriptor   ocispec.Descriptor `json:"descriptor"`
	Envelope     []byte             `json:"envelope"`
	MediaType    string             `json:"mediaType"`
	UserMetadata map[string]string  `json:"userMetadata"`
	// Revocation is what every revocation check finds out: one result for each
	// certificate, leaf first; all that are missing are good. Without it the
	// servers that certificates name are asked.
	Revocation *struct {
		CodeSigning  foundRevocation `json:"codeSigning"`
		Timestamping foundRevocation `json:"timestamping"`
	} `json:"revocation"`
}

// foundRevocation answers revocation checks without asking anybody.
type foundRevocation []string

func (f foundRevocation) ValidateContext(_ context.Context, opts revocation.ValidateContextOptions) ([]*result.CertRevocationResult, error) {
	results := make([]*result.CertRevocationResult, len(opts.CertChain))
	for i := range results {
		results[i] = &result.CertRevocationResult{Result: result.ResultOK}
		if i >= len(f) {
			continue
		}
		switch f[i] {
		case "revoked":
			results[i].Result = result.ResultRevoked
		case "unknown":
			results[i].Result = result.ResultUnknown
		}
	}
	return results, nil
}

// verifyUnder verifies one envelope under a policy that is no file; the trust
// stores are those of the configuration directory.
func verifyUnder(params verifyUnderParams) (*outcome, error) {
	document := &trustpolicy.Document{}
	if err := json.Unmarshal([]byte(params.Policy), document); err != nil {
		return nil, err
	}
	stores := truststore.NewX509TrustStore(dir.ConfigFS())
	options := verifier.VerifierOptions{}
	if found := params.Revocation; found != nil {
		options.RevocationCodeSigningValidator = found.CodeSigning
		options.RevocationTimestampingValidator = found.Timestamping
	}
	judge, err := verifier.NewWithOptions(document, stores, plugin.NewCLIManager(dir.PluginFS()), options)
	if err != nil {
		return nil, err
	}
	found, err := judge.Verify(context.Background(), params.Descriptor, params.Envelope, notation.VerifierVerifyOptions{
		ArtifactReference:  params.Ref,
		SignatureMediaType: params.MediaType,
		UserMetadata:       params.UserMetadata,
	})
	told := toOutcome(found, err)
	return &told, nil
}

type certificateFileParams struct {
	Path string `json:"path"`
}

// readCertificates reads a file of certificates, PEM or DER.
func readCertificates(params certificateFileParams) ([]certificate, error) {
	certs, err := corex509.ReadCertificateFile(params.Path)
	if err != nil {
		return nil, err
	}
	return toCertificates(certs), nil
}

type parseCertificateParams struct {
	DER []byte `json:"der"`
}

// parseCertificate reads one certificate.
func parseCertificate(params parseCertificateParams) (*certificate, error) {
	cert, err := x509.ParseCertificate(params.DER)
	if err != nil {
		return nil, err
	}
	return &toCertificates([]*x509.Certificate{cert})[0], nil
}

type validateChainParams struct {
	// Chain is DER, leaf first.
	Chain [][]byte `json:"chain"`
	// SigningTime is when every certificate has to be valid, if at all.
	SigningTime *time.Time `json:"signingTime"`
}

// validateChain holds a chain to the rules of code signing.
func validateChain(params validateChainParams) (*verdict, error) {
	chain := make([]*x509.Certificate, len(params.Chain))
	for i, der := range params.Chain {
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, err
		}
		chain[i] = cert
	}
	return &verdict{Error: describe(corex509.ValidateCodeSigningCertChain(chain, params.SigningTime))}, nil
}

func init() {
	operations["parseCertificate"] = answer(parseCertificate)
	operations["validateChain"] = answer(validateChain)
	operations["readCertificates"] = answer(readCertificates)
	operations["checkScope"] = answer(checkScope)
	operations["verifyUnder"] = answer(verifyUnder)
}
