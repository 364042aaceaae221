package main

import (
	"context"
	"encoding/json"

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
}

// verifyUnder verifies one envelope under a policy that is no file; the trust
// stores are those of the configuration directory.
func verifyUnder(params verifyUnderParams) (*outcome, error) {
	document := &trustpolicy.Document{}
	if err := json.Unmarshal([]byte(params.Policy), document); err != nil {
		return nil, err
	}
	stores := truststore.NewX509TrustStore(dir.ConfigFS())
	judge, err := verifier.New(document, stores, plugin.NewCLIManager(dir.PluginFS()))
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

func init() {
	operations["checkScope"] = answer(checkScope)
	operations["verifyUnder"] = answer(verifyUnder)
}
