package main

import (
	"context"

	"github.com/notaryproject/notation-go/config"
	"github.com/notaryproject/notation-go/dir"
	"github.com/notaryproject/notation-go/verifier/truststore"
)

// loadKeys reads signingkeys.json of the configuration directory.
func loadKeys(struct{}) (*config.SigningKeys, error) {
	return config.LoadSigningKeys()
}

type trustStoreParams struct {
	Type truststore.Type `json:"type"`
	Name string          `json:"name"`
}

// loadTrustStore reads a named store of the configuration directory.
func loadTrustStore(params trustStoreParams) ([]certificate, error) {
	certs, err := truststore.NewX509TrustStore(dir.ConfigFS()).GetCertificates(context.Background(), params.Type, params.Name)
	if err != nil {
		return nil, err
	}
	return toCertificates(certs), nil
}
