package main

import (
	"context"
	"crypto/x509"
	"time"

	corex509 "github.com/notaryproject/notation-core-go/x509"
	"github.com/notaryproject/notation-go"
	"github.com/notaryproject/notation-go/signer"
	"github.com/notaryproject/tspclient-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

// signing is what "sign" and "signEnvelope" have in common.
type signing struct {
	KeyPath       string `json:"keyPath"`
	CertPath      string `json:"certPath"`
	Format        string `json:"format"`
	ExpirySeconds int    `json:"expirySeconds"`
	TSAURL        string `json:"tsaUrl"`
	TSARootPath   string `json:"tsaRootPath"`
}

// prepare loads the key and translates the options.
func (s signing) prepare() (notation.Signer, notation.SignerSignOptions, error) {
	var options notation.SignerSignOptions
	local, err := signer.NewFromFiles(s.KeyPath, s.CertPath)
	if err != nil {
		return nil, options, err
	}
	if options.SignatureMediaType, err = mediaTypeOf(s.Format); err != nil {
		return nil, options, err
	}
	options.ExpiryDuration = time.Duration(s.ExpirySeconds) * time.Second
	if s.TSAURL == "" {
		return local, options, nil
	}
	if options.Timestamper, err = tspclient.NewHTTPTimestamper(nil, s.TSAURL); err != nil {
		return nil, options, err
	}
	roots, err := corex509.ReadCertificateFile(s.TSARootPath)
	if err != nil {
		return nil, options, err
	}
	options.TSARootCAs = x509.NewCertPool()
	for _, root := range roots {
		options.TSARootCAs.AddCert(root)
	}
	return local, options, nil
}

type signParams struct {
	target
	signing
	UserMetadata map[string]string `json:"userMetadata"`
}

type signResult struct {
	Artifact      ocispec.Descriptor  `json:"artifact"`
	Signature     *ocispec.Descriptor `json:"signature"`
	StaleReferrer bool                `json:"staleReferrersIndex"`
}

// sign signs an artifact where it is and stores the signature beside it.
func sign(params signParams) (*signResult, error) {
	local, options, err := params.prepare()
	if err != nil {
		return nil, err
	}
	repo, reference, err := params.open()
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	// The command line resolves first and signs by digest, which keeps the
	// annotations of a layout's index out of the signature.
	resolved, err := repo.Resolve(ctx, reference)
	if err != nil {
		return nil, err
	}
	store := &recorder{Repository: repo}
	artifact, err := notation.Sign(ctx, local, store, notation.SignOptions{
		SignerSignOptions: options,
		ArtifactReference: resolved.Digest.String(),
		UserMetadata:      params.UserMetadata,
	})
	return &signResult{Artifact: artifact, Signature: store.pushed, StaleReferrer: store.stale}, err
}

type signEnvelopeParams struct {
	signing
	Descriptor ocispec.Descriptor `json:"descriptor"`
}

type signEnvelopeResult struct {
	Envelope  []byte `json:"envelope"`
	MediaType string `json:"mediaType"`
}

// signEnvelope signs a descriptor and gives the envelope back; user metadata
// are the annotations of the descriptor.
func signEnvelope(params signEnvelopeParams) (*signEnvelopeResult, error) {
	local, options, err := params.prepare()
	if err != nil {
		return nil, err
	}
	envelope, _, err := local.Sign(context.Background(), params.Descriptor, options)
	return &signEnvelopeResult{Envelope: envelope, MediaType: options.SignatureMediaType}, err
}
