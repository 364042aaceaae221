package main

import (
	"context"

	"github.com/notaryproject/notation-go"
	"github.com/notaryproject/notation-go/verifier"
	"github.com/notaryproject/notation-go/verifier/trustpolicy"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	orasregistry "oras.land/oras-go/v2/registry"
)

// checkResult is the outcome of one validation type.
type checkResult struct {
	Type   trustpolicy.ValidationType   `json:"type"`
	Action trustpolicy.ValidationAction `json:"action"`
	Error  *failure                     `json:"error"`
}

// outcome is what the reference found out about one signature.
type outcome struct {
	Manifest     *ocispec.Descriptor `json:"manifest,omitempty"`
	Level        string              `json:"level"`
	Checks       []checkResult       `json:"checks"`
	UserMetadata map[string]string   `json:"userMetadata"`
	Error        *failure            `json:"error"`
}

func toOutcome(found *notation.VerificationOutcome, err error) outcome {
	told := outcome{Checks: []checkResult{}, Error: describe(err)}
	if found == nil {
		return told
	}
	if found.VerificationLevel != nil {
		told.Level = found.VerificationLevel.Name
	}
	for _, check := range found.VerificationResults {
		told.Checks = append(told.Checks, checkResult{check.Type, check.Action, describe(check.Error)})
	}
	if found.EnvelopeContent != nil {
		told.UserMetadata, _ = found.UserMetadata()
	}
	return told
}

// witness is a verifier that also remembers the outcomes of signatures that
// did not verify, which the library keeps to itself.
type witness struct {
	inner interface {
		notation.Verifier
		SkipVerify(context.Context, notation.VerifierVerifyOptions) (bool, *trustpolicy.VerificationLevel, error)
	}
	outcomes []outcome
}

func (w *witness) Verify(ctx context.Context, desc ocispec.Descriptor, signature []byte, opts notation.VerifierVerifyOptions) (*notation.VerificationOutcome, error) {
	found, err := w.inner.Verify(ctx, desc, signature, opts)
	w.outcomes = append(w.outcomes, toOutcome(found, err))
	return found, err
}

func (w *witness) SkipVerify(ctx context.Context, opts notation.VerifierVerifyOptions) (bool, *trustpolicy.VerificationLevel, error) {
	return w.inner.SkipVerify(ctx, opts)
}

// newWitness loads policy and trust stores from the configuration directory.
func newWitness() (*witness, error) {
	loaded, err := verifier.NewFromConfig()
	if err != nil {
		return nil, err
	}
	w := &witness{outcomes: []outcome{}}
	w.inner = loaded.(interface {
		notation.Verifier
		SkipVerify(context.Context, notation.VerifierVerifyOptions) (bool, *trustpolicy.VerificationLevel, error)
	})
	return w, nil
}

type verifyParams struct {
	target
	// Scope stands for the repository when the artifact is in a layout.
	Scope         string            `json:"scope"`
	MaxSignatures int               `json:"maxSignatures"`
	UserMetadata  map[string]string `json:"userMetadata"`
	PluginConfig  map[string]string `json:"pluginConfig"`
}

// repository is what the policy's scopes are compared with.
func (p verifyParams) repository() string {
	ref, err := orasregistry.ParseReference(p.Ref)
	if p.Layout != "" || err != nil {
		return p.Scope
	}
	return ref.Registry + "/" + ref.Repository
}

type verifyResult struct {
	Verdict  string             `json:"verdict"`
	Artifact ocispec.Descriptor `json:"artifact"`
	Outcomes []outcome          `json:"outcomes"`
	Error    *failure           `json:"error"`
}

// verify verifies the signatures of an artifact as the command line does. The
// verdict is "verified", "skipped" or "failed", the last one with the error.
func verify(params verifyParams) (*verifyResult, error) {
	observer, err := newWitness()
	if err != nil {
		return failed(err), nil
	}
	repo, reference, err := params.open()
	if err != nil {
		return failed(err), nil
	}
	store := &recorder{Repository: repo}
	ctx := context.Background()
	artifact, err := repo.Resolve(ctx, reference)
	if err != nil {
		return failed(err), nil
	}
	options := notation.VerifyOptions{
		ArtifactReference:    params.repository() + "@" + artifact.Digest.String(),
		MaxSignatureAttempts: params.MaxSignatures,
		UserMetadata:         params.UserMetadata,
		PluginConfig:         params.PluginConfig,
	}
	if options.MaxSignatureAttempts == 0 {
		options.MaxSignatureAttempts = 100
	}
	_, succeeded, err := notation.Verify(ctx, observer, store, options)
	result := &verifyResult{Verdict: "verified", Artifact: artifact, Outcomes: observer.outcomes, Error: describe(err)}
	for i := range result.Outcomes {
		result.Outcomes[i].Manifest = &store.fetched[i]
	}
	switch {
	case err != nil:
		result.Verdict = "failed"
	case len(observer.outcomes) == 0:
		result.Verdict = "skipped"
		result.Outcomes = append(result.Outcomes, toOutcome(succeeded[0], nil))
	}
	return result, nil
}

func failed(err error) *verifyResult {
	return &verifyResult{Verdict: "failed", Outcomes: []outcome{}, Error: describe(err)}
}

type verifyEnvelopeParams struct {
	Ref          string             `json:"ref"`
	Descriptor   ocispec.Descriptor `json:"descriptor"`
	Envelope     []byte             `json:"envelope"`
	MediaType    string             `json:"mediaType"`
	UserMetadata map[string]string  `json:"userMetadata"`
}

// verifyEnvelope verifies one envelope over a descriptor, without a registry.
// Ref, with a digest, selects the policy statement.
func verifyEnvelope(params verifyEnvelopeParams) (*verifyResult, error) {
	observer, err := newWitness()
	if err != nil {
		return failed(err), nil
	}
	_, err = observer.Verify(context.Background(), params.Descriptor, params.Envelope, notation.VerifierVerifyOptions{
		ArtifactReference:  params.Ref,
		SignatureMediaType: params.MediaType,
		UserMetadata:       params.UserMetadata,
	})
	result := &verifyResult{Verdict: "verified", Artifact: params.Descriptor, Outcomes: observer.outcomes, Error: describe(err)}
	if err != nil {
		result.Verdict = "failed"
	} else if result.Outcomes[0].Level == trustpolicy.LevelSkip.Name {
		result.Verdict = "skipped"
	}
	return result, nil
}
