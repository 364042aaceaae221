// Package reference does what the notation command line does, with the
// libraries it is made of.
package reference

import (
	"context"

	"github.com/notaryproject/notation-go"
	"github.com/notaryproject/notation-go/dir"
	"github.com/notaryproject/notation-go/registry"
	"github.com/notaryproject/notation-go/signer"
	"github.com/notaryproject/notation-go/verifier"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	orasregistry "oras.land/oras-go/v2/registry"
	"oras.land/oras-go/v2/registry/remote"
)

// JWS is the media type of the envelopes that are compared.
const JWS = "application/jose+json"

// UseConfig makes folder the configuration directory.
func UseConfig(folder string) {
	dir.UserConfigDir = folder
	dir.UserLibexecDir = folder
}

// Artifact is a tag or digest in a repository over plain HTTP.
type Artifact struct {
	Repository registry.Repository
	// Path is the registry and the repository, as policies name it.
	Path      string
	Reference string
}

// Open parses a full reference. Connections are shared by all artifacts.
func Open(text string) (*Artifact, error) {
	ref, err := orasregistry.ParseReference(text)
	if err != nil {
		return nil, err
	}
	repo := &remote.Repository{Reference: ref, PlainHTTP: true}
	return &Artifact{registry.NewRepository(repo), ref.Registry + "/" + ref.Repository, ref.Reference}, nil
}

// Verify loads policy and trust stores and verifies the artifact.
func (a *Artifact) Verify(ctx context.Context) error {
	judge, err := verifier.NewFromConfig()
	if err != nil {
		return err
	}
	artifact, err := a.Repository.Resolve(ctx, a.Reference)
	if err != nil {
		return err
	}
	_, _, err = notation.Verify(ctx, judge, a.Repository, notation.VerifyOptions{
		ArtifactReference:    a.Path + "@" + artifact.Digest.String(),
		MaxSignatureAttempts: 100,
	})
	return err
}

// Sign loads the key and its chain, and signs the artifact.
func (a *Artifact) Sign(ctx context.Context, keyPath, certPath string) error {
	local, err := signer.NewFromFiles(keyPath, certPath)
	if err != nil {
		return err
	}
	artifact, err := a.Repository.Resolve(ctx, a.Reference)
	if err != nil {
		return err
	}
	_, err = notation.Sign(ctx, local, a.Repository, notation.SignOptions{
		SignerSignOptions: notation.SignerSignOptions{SignatureMediaType: JWS},
		ArtifactReference: artifact.Digest.String(),
	})
	return err
}

// VerifyAll lists, fetches and verifies every signature of the artifact, where
// the command line stops at the first that verifies.
func (a *Artifact) VerifyAll(ctx context.Context) (int, error) {
	judge, err := verifier.NewFromConfig()
	if err != nil {
		return 0, err
	}
	artifact, err := a.Repository.Resolve(ctx, a.Reference)
	if err != nil {
		return 0, err
	}
	verified := 0
	err = a.Repository.ListSignatures(ctx, artifact, func(manifests []ocispec.Descriptor) error {
		for _, manifest := range manifests {
			envelope, blob, err := a.Repository.FetchSignatureBlob(ctx, manifest)
			if err != nil {
				return err
			}
			_, err = judge.Verify(ctx, artifact, envelope, notation.VerifierVerifyOptions{
				ArtifactReference:  a.Path + "@" + artifact.Digest.String(),
				SignatureMediaType: blob.MediaType,
			})
			if err != nil {
				return err
			}
			verified++
		}
		return nil
	})
	return verified, err
}
