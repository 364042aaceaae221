package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-ldap/ldap/v3"
	"github.com/notaryproject/notation-go/dir"
	"github.com/notaryproject/notation-go/verifier/trustpolicy"
	orasregistry "oras.land/oras-go/v2/registry"
)

type policyParams struct {
	// Document is the text of a trust policy file.
	Document string `json:"document"`
	// Kind is "oci" or "blob". The released library knows only "oci".
	Kind string `json:"kind"`
	Ref  string `json:"ref"`
}

// load reads the document through a file, as the library always does.
func (p policyParams) load() (*trustpolicy.Document, error) {
	if p.Kind != "" && p.Kind != "oci" {
		return nil, fmt.Errorf("unsupported policy kind %q", p.Kind)
	}
	temp, err := os.MkdirTemp("", "peers-oracle-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	if err := os.WriteFile(filepath.Join(temp, dir.PathTrustPolicy), []byte(p.Document), 0o600); err != nil {
		return nil, err
	}
	dir.UserConfigDir = temp
	document, err := trustpolicy.LoadDocument()
	if err != nil {
		return nil, err
	}
	return document, document.Validate()
}

type verdict struct {
	Error *failure `json:"error"`
}

// validatePolicy tells why a policy document is refused, if it is.
func validatePolicy(params policyParams) (*verdict, error) {
	if params.Kind == "blob" {
		return nil, errors.New("unsupported policy kind \"blob\"")
	}
	_, err := params.load()
	return &verdict{Error: describe(err)}, nil
}

// selectStatement gives the statement that applies to a reference.
func selectStatement(params policyParams) (*trustpolicy.TrustPolicy, error) {
	document, err := params.load()
	if err != nil {
		return nil, err
	}
	return document.GetApplicableTrustPolicy(params.Ref)
}

type dnParams struct {
	DN string `json:"dn"`
}

type rdn struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// parseDN parses a distinguished name. The verdict is the policy validator's;
// the attributes come from the parser that it uses.
func parseDN(params dnParams) ([]rdn, error) {
	statement := trustpolicy.TrustPolicy{
		Name:                  "dn",
		RegistryScopes:        []string{"*"},
		SignatureVerification: trustpolicy.SignatureVerification{VerificationLevel: "strict"},
		TrustStores:           []string{"ca:dn"},
		TrustedIdentities:     []string{"x509.subject:" + params.DN},
	}
	document := trustpolicy.Document{Version: "1.0", TrustPolicies: []trustpolicy.TrustPolicy{statement}}
	if err := document.Validate(); err != nil {
		return nil, err
	}
	name, err := ldap.ParseDN(params.DN)
	if err != nil {
		return nil, err
	}
	parts := []rdn{}
	for _, relative := range name.RDNs {
		for _, part := range relative.Attributes {
			parts = append(parts, rdn{part.Type, part.Value})
		}
	}
	return parts, nil
}

// parseReference splits a reference to an artifact in a registry.
func parseReference(params target) (map[string]string, error) {
	ref, err := orasregistry.ParseReference(params.Ref)
	if err != nil {
		return nil, err
	}
	return map[string]string{
		"registry":   ref.Registry,
		"repository": ref.Repository,
		"reference":  ref.Reference,
		"host":       ref.Host(),
	}, nil
}
