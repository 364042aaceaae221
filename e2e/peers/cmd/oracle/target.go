package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/notaryproject/notation-go/registry"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	orasregistry "oras.land/oras-go/v2/registry"
	"oras.land/oras-go/v2/registry/remote"
	"oras.land/oras-go/v2/registry/remote/auth"
)

// target says where an artifact is: in a registry (Ref is a full reference),
// or in an image layout (Layout is its path and Ref a tag or digest).
type target struct {
	Ref               string `json:"ref"`
	Layout            string `json:"layout"`
	PlainHTTP         bool   `json:"plainHTTP"`
	Username          string `json:"username"`
	Password          string `json:"password"`
	ForceReferrersTag bool   `json:"forceReferrersTag"`
}

// open returns the repository of t and the tag or digest asked for.
func (t target) open() (registry.Repository, string, error) {
	if t.Layout != "" {
		repo, err := registry.NewOCIRepository(t.Layout, registry.RepositoryOptions{})
		return repo, t.Ref, err
	}
	ref, err := orasregistry.ParseReference(t.Ref)
	if err != nil {
		return nil, "", err
	}
	if ref.Reference == "" {
		return nil, "", fmt.Errorf("%q: no tag or digest", t.Ref)
	}
	repo := &remote.Repository{Reference: ref, PlainHTTP: t.PlainHTTP}
	if t.Username != "" || t.Password != "" {
		credential := auth.Credential{Username: t.Username, Password: t.Password}
		if t.Username == "" {
			credential = auth.Credential{RefreshToken: t.Password}
		}
		repo.Client = &auth.Client{Credential: auth.StaticCredential(ref.Registry, credential)}
	}
	if t.ForceReferrersTag {
		if err := repo.SetReferrersCapability(false); err != nil {
			return nil, "", err
		}
	}
	return registry.NewRepository(repo), ref.Reference, nil
}

// recorder is a repository that remembers the manifests it was asked for.
type recorder struct {
	registry.Repository
	pushed  *ocispec.Descriptor
	fetched []ocispec.Descriptor
	// stale tells that the registry kept the outdated referrers index.
	stale bool
}

func (r *recorder) FetchSignatureBlob(ctx context.Context, desc ocispec.Descriptor) ([]byte, ocispec.Descriptor, error) {
	r.fetched = append(r.fetched, desc)
	return r.Repository.FetchSignatureBlob(ctx, desc)
}

func (r *recorder) PushSignature(ctx context.Context, mediaType string, blob []byte, subject ocispec.Descriptor, annotations map[string]string) (ocispec.Descriptor, ocispec.Descriptor, error) {
	blobDesc, manifestDesc, err := r.Repository.PushSignature(ctx, mediaType, blob, subject, annotations)
	var referrers *remote.ReferrersError
	if errors.As(err, &referrers) && referrers.IsReferrersIndexDelete() {
		// The signature is stored, but the library gives no descriptor of it
		// then: it is the last one listed.
		r.stale = true
		err = r.Repository.ListSignatures(ctx, subject, func(found []ocispec.Descriptor) error {
			manifestDesc = found[len(found)-1]
			return nil
		})
	}
	r.pushed = &manifestDesc
	return blobDesc, manifestDesc, err
}

// listed is what one signature looks like in a list.
type listed struct {
	Manifest     ocispec.Descriptor  `json:"manifest"`
	Envelope     *ocispec.Descriptor `json:"envelope"`
	EnvelopeData []byte              `json:"envelopeData"`
	Error        *failure            `json:"error"`
}

type listResult struct {
	Artifact   ocispec.Descriptor `json:"artifact"`
	Signatures []listed           `json:"signatures"`
}

// eachSignature shows every signature of the artifact, in the order listed.
func (t target) eachSignature(
	visit func(ctx context.Context, repo registry.Repository, manifest ocispec.Descriptor),
) (artifact ocispec.Descriptor, err error) {
	repo, reference, err := t.open()
	if err != nil {
		return artifact, err
	}
	ctx := context.Background()
	artifact, err = repo.Resolve(ctx, reference)
	if err != nil {
		return artifact, err
	}
	return artifact, repo.ListSignatures(ctx, artifact, func(manifests []ocispec.Descriptor) error {
		for _, manifest := range manifests {
			visit(ctx, repo, manifest)
		}
		return nil
	})
}

// listSignatures gives all signatures of an artifact with their envelopes.
func listSignatures(t target) (*listResult, error) {
	result := &listResult{Signatures: []listed{}}
	artifact, err := t.eachSignature(func(ctx context.Context, repo registry.Repository, manifest ocispec.Descriptor) {
		entry := listed{Manifest: manifest}
		data, envelope, err := repo.FetchSignatureBlob(ctx, manifest)
		if err != nil {
			entry.Error = describe(err)
		} else {
			entry.Envelope, entry.EnvelopeData = &envelope, data
		}
		result.Signatures = append(result.Signatures, entry)
	})
	result.Artifact = artifact
	return result, err
}

// mediaTypes maps the short names of envelope formats to media types.
var mediaTypes = map[string]string{
	"jws":  "application/jose+json",
	"cose": "application/cose",
}

// mediaTypeOf takes a short name or a media type.
func mediaTypeOf(format string) (string, error) {
	if mediaType, ok := mediaTypes[format]; ok {
		return mediaType, nil
	}
	if format == "" {
		return "", errors.New("format is missing")
	}
	return format, nil
}
