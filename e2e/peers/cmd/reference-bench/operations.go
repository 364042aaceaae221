package main

import (
	"context"
	"fmt"

	"github.com/notaryproject/notation-go"
	"github.com/notaryproject/notation-go/signer"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/registry/remote"

	"inkan.example/peers/internal/reference"
)

// task is one question; each operation reads the members it needs.
type task struct {
	Op         string             `json:"op"`
	ConfigDir  string             `json:"configDir"`
	KeyPath    string             `json:"keyPath"`
	CertPath   string             `json:"certPath"`
	Repository string             `json:"repository"`
	Refs       []string           `json:"refs"`
	Times      int                `json:"times"`
	Descriptor ocispec.Descriptor `json:"descriptor"`
	Envelope   []byte             `json:"envelope"`
	// MediaType of the envelope that is signed or verified in memory.
	MediaType string `json:"mediaType"`
	// StoresOnce lets verifyEnvelope read the trust stores only once.
	StoresOnce bool `json:"storesOnce"`
	// Chain is DER, leaf first, for checkRevocation.
	Chain    [][]byte `json:"chain"`
	CacheDir string   `json:"cacheDir"`
	// Store is the name of the trust store for loadStore.
	Store string `json:"store"`
}

// fill pushes small images that differ, tagged v0, v1 and so on.
func fill(ctx context.Context, asked task) (any, error) {
	repo, err := remote.NewRepository(asked.Repository)
	if err != nil {
		return nil, err
	}
	repo.PlainHTTP = true
	digests := []string{}
	for i := range asked.Times {
		image, err := oras.PackManifest(ctx, repo, oras.PackManifestVersion1_1, "application/vnd.example.sample", oras.PackManifestOptions{
			ManifestAnnotations: map[string]string{
				ocispec.AnnotationCreated: "2025-04-01T12:00:00Z",
				ocispec.AnnotationVersion: fmt.Sprint(i),
			},
		})
		if err != nil {
			return nil, err
		}
		if err := repo.Tag(ctx, image, fmt.Sprintf("v%d", i)); err != nil {
			return nil, err
		}
		digests = append(digests, image.Digest.String())
	}
	return digests, nil
}

// signEnvelope signs a descriptor in memory.
func signEnvelope(ctx context.Context, asked task) (any, error) {
	local, err := signer.NewFromFiles(asked.KeyPath, asked.CertPath)
	if err != nil {
		return nil, err
	}
	return timed(asked.Times, func(int) error {
		_, _, err := local.Sign(ctx, asked.Descriptor, notation.SignerSignOptions{SignatureMediaType: asked.MediaType})
		return err
	})
}

// verifyEnvelope verifies an envelope in memory; the policy is read once.
func verifyEnvelope(ctx context.Context, asked task) (any, error) {
	judge, err := newVerifier(asked.StoresOnce)
	if err != nil {
		return nil, err
	}
	return timed(asked.Times, func(int) error {
		_, err := judge.Verify(ctx, asked.Descriptor, asked.Envelope, notation.VerifierVerifyOptions{
			ArtifactReference:  asked.Refs[0],
			SignatureMediaType: asked.MediaType,
		})
		return err
	})
}

// each runs work on the references in turn.
func each(asked task, work func(*reference.Artifact) error) (any, error) {
	artifacts := []*reference.Artifact{}
	for _, ref := range asked.Refs {
		artifact, err := reference.Open(ref)
		if err != nil {
			return nil, err
		}
		artifacts = append(artifacts, artifact)
	}
	return timed(asked.Times, func(i int) error { return work(artifacts[i%len(artifacts)]) })
}

func sign(ctx context.Context, asked task) (any, error) {
	return each(asked, func(artifact *reference.Artifact) error {
		return artifact.Sign(ctx, asked.KeyPath, asked.CertPath)
	})
}

func verify(ctx context.Context, asked task) (any, error) {
	return each(asked, func(artifact *reference.Artifact) error { return artifact.Verify(ctx) })
}

// verifyAll judges every signature of each artifact; finding none is an error.
func verifyAll(ctx context.Context, asked task) (any, error) {
	return each(asked, func(artifact *reference.Artifact) error {
		verified, err := artifact.VerifyAll(ctx)
		if err == nil && verified == 0 {
			err = fmt.Errorf("%s has no signature", artifact.Path)
		}
		return err
	})
}
