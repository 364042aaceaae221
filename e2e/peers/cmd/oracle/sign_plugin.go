package main

import (
	"context"
	"time"

	"github.com/notaryproject/notation-go"
	"github.com/notaryproject/notation-go/dir"
	"github.com/notaryproject/notation-go/plugin"
	"github.com/notaryproject/notation-go/signer"
)

type signWithPluginParams struct {
	target
	Plugin        string            `json:"plugin"`
	KeyID         string            `json:"keyId"`
	PluginConfig  map[string]string `json:"pluginConfig"`
	Format        string            `json:"format"`
	ExpirySeconds int               `json:"expirySeconds"`
	UserMetadata  map[string]string `json:"userMetadata"`
}

// signWithPlugin signs an artifact with a key that a plugin of the
// configuration directory keeps, and stores the signature beside it.
func signWithPlugin(params signWithPluginParams) (*signResult, error) {
	ctx := context.Background()
	installed, err := plugin.NewCLIManager(dir.PluginFS()).Get(ctx, params.Plugin)
	if err != nil {
		return nil, err
	}
	keeper, err := signer.NewPluginSigner(installed, params.KeyID, params.PluginConfig)
	if err != nil {
		return nil, err
	}
	mediaType, err := mediaTypeOf(params.Format)
	if err != nil {
		return nil, err
	}
	repo, reference, err := params.open()
	if err != nil {
		return nil, err
	}
	resolved, err := repo.Resolve(ctx, reference)
	if err != nil {
		return nil, err
	}
	store := &recorder{Repository: repo}
	artifact, err := notation.Sign(ctx, keeper, store, notation.SignOptions{
		SignerSignOptions: notation.SignerSignOptions{
			SignatureMediaType: mediaType,
			ExpiryDuration:     time.Duration(params.ExpirySeconds) * time.Second,
		},
		ArtifactReference: resolved.Digest.String(),
		UserMetadata:      params.UserMetadata,
	})
	return &signResult{Artifact: artifact, Signature: store.pushed, StaleReferrer: store.stale}, err
}
